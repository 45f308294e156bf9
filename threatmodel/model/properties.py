"""What can be stated of a zone, a component and a flow: one annotated line a property, with its question.

Every property is unstated until somebody states it. ``Stated.only`` narrows a property to components whose kind has
one of the traits named. The typed dictionaries are what authors' keywords are checked against; the fields of the
frozen parts, the facts of the same name, the JSON Schema and the manual are made from them.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypedDict, get_type_hints

from threatmodel.model import vocabulary as words


class Stated(NamedTuple):
    """The meaning of a property, the question that asks for it (``{place}`` is the element), and whom it concerns."""

    meaning: str
    ask: str
    only: tuple[str, ...] = ()


IMAGES = ("acquires-images", "parses-dicom", "stores-images", "research-data")
MODELS = ("runs-model", "holds-models", "trains-models")
AGENTS = ("acts-on-own",)
KEEPS = ("keeps-audit", "keeps-backups")
NOT_PEOPLE = ("machine",)


class ZoneStated(TypedDict, total=False):
    """What can be stated of a zone, and of a component where it differs from its zone."""

    exposure: Annotated[
        words.Exposure,
        Stated(
            "how far from trusted the network is: isolated, internal, partner, internet",
            "How exposed is the network of {place}: isolated, internal, partner or internet?",
        ),
    ]
    operator: Annotated[
        words.Operator,
        Stated("who runs it", "Who runs {place}: hospital, vendor, integrator, cloud, research or patient?"),
    ]
    region: Annotated[
        str,
        Stated("the country where it stands, ISO 3166-1 alpha-2", "In which country does {place} stand (ISO code)?"),
    ]
    physical_access: Annotated[
        words.PhysicalAccess,
        Stated("who can walk up to it", "Who can walk up to {place}: the public, staff, or nobody without a key?"),
    ]


class PersonStated(ZoneStated, total=False):
    """What can be stated of a person, and so of any component."""

    owner: Annotated[str, Stated("the person or team that answers for it", "Who answers for {place}?")]
    description: Annotated[str, Stated("what it is, in a sentence", "What is {place}?")]
    authentication: Annotated[
        words.Authentication,
        Stated(
            "how those who use it prove who they are; an AE title proves nothing",
            "How does {place} make its users prove who they are: none, AE title, password, shared account, certificate "
            "or federated sign-in?",
        ),
    ]
    serves: Annotated[
        words.Serves,
        Stated(
            "how many patients hang on it: one patient, one list, a site, a fleet",
            "How many patients hang on {place}: one patient, one list, one site or several sites?",
        ),
    ]
    clinical: Annotated[
        words.Clinical,
        Stated(
            "the most urgent care that uses it",
            "Which is the most urgent care that uses {place}: routine, urgent, emergency or none?",
        ),
    ]
    note: Annotated[str, Stated("anything a reader should know", "What should a reader know about {place}?")]


class ComponentStated(PersonStated, total=False):
    """What can be stated of any device or piece of software."""

    os_supported: Annotated[
        bool,
        Stated(
            "whether its operating system still gets security updates",
            "Does the operating system of {place} still receive security updates?",
            NOT_PEOPLE,
        ),
    ]
    multi_tenant: Annotated[
        bool,
        Stated("whether it is shared with other customers", "Is {place} shared with other customers?", NOT_PEOPLE),
    ]
    portable: Annotated[
        bool, Stated("whether it can be carried away", "Can {place} be carried out of the building?", NOT_PEOPLE)
    ]
    supplier: Annotated[str, Stated("the company that supplies it", "Which company supplies {place}?", NOT_PEOPLE)]
    lifecycle: Annotated[
        words.Lifecycle, Stated("planned, active or retired", "Is {place} planned, active or retired?", NOT_PEOPLE)
    ]
    sbom: Annotated[
        str, Stated("the file with its software bill of materials", "Which file holds the SBOM of {place}?", NOT_PEOPLE)
    ]
    default_credentials: Annotated[
        bool,
        Stated(
            "whether an account still has the maker's or an obvious password",
            "Does any account of {place} still have the password it was delivered with, or an obvious one?",
            NOT_PEOPLE,
        ),
    ]
    admin_interface: Annotated[
        bool,
        Stated(
            "whether its administration, health or metrics pages answer on a network port",
            "Do administration, health or metrics pages of {place} answer on a network port?",
            NOT_PEOPLE,
        ),
    ]
    pinned: Annotated[
        bool,
        Stated(
            "whether the software runs at a version pinned by tag or digest",
            "Is the software of {place} pinned to a version or digest?",
            NOT_PEOPLE,
        ),
    ]


class ImagingStated(ComponentStated, total=False):
    """What can be stated of what acquires, keeps or reads images."""

    modalities: Annotated[
        list[words.ImagingModality],
        Stated(
            "the modalities of the images, DICOM (0008,0060)",
            "Which modalities do the images of {place} come from?",
            IMAGES,
        ),
    ]
    body_parts: Annotated[
        list[str], Stated("the body parts that are imaged", "Which body parts do the images of {place} show?", IMAGES)
    ]


class ModelStated(ComponentStated, total=False):
    """What can be stated of what runs, keeps or trains models."""

    model_source: Annotated[
        words.ModelSource,
        Stated(
            "where its models come from",
            "Do the models of {place} come from yourselves, a vendor or a public hub?",
            MODELS,
        ),
    ]
    learns_in_use: Annotated[
        bool, Stated("whether it learns from use after go-live", "Does {place} go on learning from use?", MODELS)
    ]
    model_format: Annotated[
        words.ModelFormat,
        Stated("the file format of its models", "In which file format does {place} load its models?", MODELS),
    ]


class ModelImagingStated(ModelStated, ImagingStated, total=False):
    """What can be stated of what runs models on images."""


class AgentStated(ModelStated, total=False):
    """What can be stated of an agent."""

    tools: Annotated[list[str], Stated("the tools it can call", "Which tools can {place} call?", AGENTS)]
    can_write: Annotated[
        bool,
        Stated("whether a tool lets it change a record", "Can {place} change anything in another system?", AGENTS),
    ]


class KeeperStated(ComponentStated, total=False):
    """What can be stated of logs and backups."""

    immutable: Annotated[
        bool,
        Stated("whether what is written there can no longer be changed", "Is {place} off-line or write-once?", KEEPS),
    ]


class AnyComponentStated(ModelImagingStated, AgentStated, KeeperStated, total=False):
    """Everything that can be stated of some component."""


class FlowStated(TypedDict, total=False):
    """What can be stated of a flow, beside its ends, its protocol, its data and its controls."""

    encryption: Annotated[
        words.Encryption,
        Stated(
            "short for states of tls-bcp195 and mtls-node-auth; vpn protects a hop between gateways, not the ends",
            "Is {place} encrypted: not at all, by TLS, by mutual TLS, or inside a VPN?",
        ),
    ]
    authentication: Annotated[
        words.Authentication,
        Stated(
            "how the side that opens the connection proves who it is; an AE title proves nothing",
            "How does the side that opens {place} prove who it is: none, AE title, password, shared account, "
            "certificate or federated sign-in?",
        ),
    ]
    port: Annotated[int, Stated("the port on which the receiving side listens", "On which port does {place} arrive?")]
    medium: Annotated[
        words.Medium, Stated("what carries it", "Does {place} go over wire, Wi-Fi, Bluetooth, disk or USB?")
    ]
    purpose: Annotated[str, Stated("what it is for", "What is {place} for?")]
    frequency: Annotated[str, Stated("how often it happens", "How often does {place} happen?")]
    validates: Annotated[
        bool,
        Stated(
            "whether the receiver checks what it gets before using it",
            "Does the receiver check what arrives by {place}?",
        ),
    ]
    blocks_care: Annotated[bool, Stated("whether care stops when it stops", "Does care stop when {place} stops?")]


def properties_of(stated: type) -> dict[str, tuple[object, Stated]]:
    """The type and the meaning of each property of one of the dictionaries above, in the order declared."""
    hints = get_type_hints(stated, include_extras=True)
    return {name: (hint.__origin__, hint.__metadata__[0]) for name, hint in hints.items()}


ZONE_PROPERTIES = properties_of(ZoneStated)
COMPONENT_PROPERTIES = properties_of(AnyComponentStated)
FLOW_PROPERTIES = properties_of(FlowStated)
INHERITED = tuple(ZONE_PROPERTIES)
"""The properties that a component takes from its zone, and a zone from the zone around it, unless it states its own."""

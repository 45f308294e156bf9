"""Chest X-ray triage by a cloud vendor, two years on: every safeguard is there, and somebody has seen it work."""

from threatmodel import Model, Zone, verified
from threatmodel.data import AI_RESULTS, DEID_IMAGES, DICOM_HEADER, LABELS, PHI_PIXEL, REPORTS
from threatmodel.imaging import DicomRouter, InferenceServer, Modality, Pacs, Radiologist, Ris, Viewer
from threatmodel.protocols import DICOM, DICOMWEB, USER_INTERFACE

# What several places rest on, each seen once.
DRILL = "Drill of 23 April: archive, router and RIS off in turn; report of the imaging manager"
PENTEST = "Penetration test of June, chapter 3"
ACCEPTANCE = "Acceptance test of version 3.2 with the vendor, signed by the AI lead"
AUDIT = "Report of the vendor's outside auditor, which names version 3.2; read by the CISO"
MATRIX = "Flow matrix against the firewall's export, and a scan from each side"

SIGN_IN = verified("sso-federation", evidence=f"{PENTEST}: local logins refused on every system", on="2026-06-16")
HASH = verified(
    "e2e-integrity-hash",
    evidence="An image altered behind the scanner, and one altered on the archive's disk: both refused",
    on="2026-06-19",
)
ENCRYPTED = [
    verified("tls-bcp195", evidence=f"{PENTEST}: plain ports closed, TLS 1.2 and 1.3 alone", on="2026-06-17"),
    verified("mtls-node-auth", evidence=f"{PENTEST}: no certificate, and a foreign one, refused", on="2026-06-17"),
]

with Model(
    "Chest X-ray triage, well run",
    version="3.2",
    owner="Imaging IT",
    jurisdictions=["FR"],
    intended_use="Moves suspected pneumothorax up the reading list; every study is still read by a radiologist",
    controls=[
        verified("ir-plan", evidence="Exercise: a model withdrawn, forty patients called back", on="2026-03-12"),
        verified("flow-inventory", evidence="Yearly review of the list, signed by each owner", on="2026-02-03"),
        verified(
            "awareness-training", evidence="Course records of all readers, with cases of a fooled AI", on="2026-05-20"
        ),
        verified(
            "discrepancy-review", evidence="Minutes of September; late results are on the agenda", on="2026-09-08"
        ),
    ],
) as model:
    model.assume("The hospital network may be hostile", owner="CISO", review_by="2027-06-30")

    with Zone(
        "Hospital",
        exposure="internal",
        operator="hospital",
        region="FR",
        physical_access="staff",
        controls=[
            verified("segmentation", evidence=MATRIX, on="2026-06-15"),
            verified(
                "network-monitor",
                evidence="A stranger's C-FIND, and a script that opened 500 records, raised the alarm",
                on="2026-06-18",
            ),
            SIGN_IN,
            verified(
                "default-cred-removal", evidence=f"{PENTEST}: published passwords opened nothing", on="2026-06-16"
            ),
            verified(
                "rbac-least-priv", evidence="Export of the roles, approved by the head of radiology", on="2026-05-05"
            ),
            verified(
                "access-review",
                evidence="Review of July: eleven accounts closed, two look-ups asked about",
                on="2026-07-01",
            ),
            verified(
                "audit-atna",
                evidence="Query, view and export of a test patient found under the tester's name",
                on="2026-06-18",
            ),
            verified("encrypt-at-rest", evidence="Key server's list against the inventory of disks", on="2026-06-02"),
            verified(
                "decommission", evidence="Signed list and proof of deletion of the last archive node", on="2026-01-27"
            ),
            verified(
                "backup-immutable", evidence="Deletion tried as domain administrator and refused", on="2026-04-22"
            ),
            verified(
                "restore-test",
                evidence="Archive and RIS restored on clean machines in 19 h, data compared",
                on="2026-04-25",
            ),
            verified("ha-failover", evidence=f"{DRILL}; the second nodes took over in under a minute", on="2026-04-23"),
            verified("downtime-procedure", evidence=DRILL, on="2026-04-23"),
            verified("downtime-reconcile", evidence=f"{DRILL}; every study matched by two people", on="2026-04-24"),
        ],
    ):
        with Zone(
            "Imaging network",
            exposure="isolated",
            physical_access="locked",
            controls=[
                verified("segmentation", evidence=MATRIX, on="2026-06-15"),
            ],
        ):
            dx = Modality(
                "DX room 2",
                modalities=["DX"],
                body_parts=["CHEST"],
                os_supported=True,
                portable=False,
                physical_access="staff",
                authentication="federated",
                controls=[SIGN_IN, HASH],
            )
            router = DicomRouter(
                "DICOM router",
                os_supported=True,
                admin_interface=False,
                controls=[
                    verified(
                        "no-internet-exposure",
                        evidence="Scan from the internet: nothing answers; only the vendor's two addresses are let in",
                        on="2026-09-14",
                    ),
                    verified(
                        "file-validate", evidence="A file with a program in its preamble was refused", on="2026-06-19"
                    ),
                    verified(
                        "sandbox-parse",
                        evidence="Malformed objects of the vendor's test set; nothing stopped",
                        on="2026-06-19",
                    ),
                    verified("change-control", evidence="A rule added by hand raised the daily alarm", on="2026-06-22"),
                    verified(
                        "retention-delete", evidence="Queue and temporary folders empty after 72 h", on="2026-06-22"
                    ),
                    verified(
                        "data-minimisation",
                        evidence="Capture on the way out: pixels and ten attributes",
                        on="2026-06-22",
                    ),
                    verified(
                        "fail-safe",
                        evidence="A study under another description showed as “no AI result”",
                        on="2026-06-23",
                    ),
                    verified(
                        "result-binding", evidence="A result with another study's UID was refused", on="2026-06-25"
                    ),
                ],
            )
            pacs = Pacs("PACS", os_supported=True, admin_interface=False, controls=[HASH])
        with Zone(
            "Reading room",
            controls=[
                verified("edr", evidence="Test file stopped and reported on each station", on="2026-06-24"),
                verified("session-lock", evidence="A station left alone locked after five minutes", on="2026-06-24"),
            ],
        ):
            viewer = Viewer(
                "Reading station",
                os_supported=True,
                portable=False,
                authentication="federated",
                controls=[
                    SIGN_IN,
                    verified("verdict-log", evidence="Three test verdicts found with name and time", on="2026-06-24"),
                ],
            )
            radiologist = Radiologist("Radiologist")
        ris = Ris("RIS", os_supported=True, admin_interface=False, authentication="federated", controls=[SIGN_IN])

    with Zone(
        "Vendor cloud",
        exposure="internet",
        operator="vendor",
        region="IE",
        physical_access="locked",
        controls=[
            verified("contract-security", evidence="Contract, annex 4: use, place, notice, deletion", on="2026-01-15"),
            verified(
                "change-control", evidence="Two releases in our tickets: tested, then approved by us", on="2026-05-28"
            ),
            verified("retention-delete", evidence=f"{AUDIT}: images gone after seven days", on="2026-05-11"),
            verified("segmentation", evidence=AUDIT, on="2026-05-11"),
            verified("patch-mgmt", evidence=f"{AUDIT}: patch dates of twelve months", on="2026-05-11"),
            verified(
                "audit-atna",
                evidence="An engineer's look at a test study stood in the vendor's export",
                on="2026-05-12",
            ),
        ],
    ):
        ai = InferenceServer(
            "Triage AI",
            model_source="vendor",
            model_format="onnx",
            learns_in_use=False,
            trained_on=[DEID_IMAGES, LABELS],
            multi_tenant=True,
            authentication="certificate",
            default_credentials=False,
            admin_interface=False,
            os_supported=True,
            controls=[
                verified(
                    "workload-isolation", evidence=f"{AUDIT}: another customer's account saw nothing", on="2026-05-11"
                ),
                verified(
                    "artifact-verify", evidence=f"{AUDIT}: an unsigned release was not installed", on="2026-05-11"
                ),
                verified(
                    "model-sign", evidence=f"{ACCEPTANCE}: a file with one byte changed was not loaded", on="2026-06-25"
                ),
                verified("safe-serialisation", evidence=f"{AUDIT}: loader test with a pickle file", on="2026-05-11"),
                verified(
                    "canary-rollback", evidence=f"{ACCEPTANCE}: back to version 3.1 in four minutes", on="2026-06-25"
                ),
                verified(
                    "backdoor-scan",
                    evidence="Search report of version 3.2; a planted trigger was found",
                    on="2026-05-28",
                ),
                verified(
                    "fail-safe",
                    evidence=f"{ACCEPTANCE}: stopped service and corrupt study, screenshots",
                    on="2026-06-25",
                ),
                verified("inference-log", evidence="A result of May reconstructed from its record", on="2026-06-25"),
                verified(
                    "adv-detect", evidence=f"{ACCEPTANCE}: taped markers and disturbed films held back", on="2026-06-25"
                ),
                verified(
                    "drift-monitor",
                    evidence="Replay of 200 films with another exposure raised the alarm",
                    on="2026-07-06",
                ),
                verified(
                    "subgroup-monitor", evidence="Figures of the second quarter by sex, age and room", on="2026-07-06"
                ),
                HASH,
            ],
        )

    dx.sends(
        "Store study",
        to=router,
        over=DICOM,
        carries=[PHI_PIXEL, DICOM_HEADER],
        encryption="mtls",
        medium="wired",
        controls=ENCRYPTED,
    )
    router.sends(
        "Archive study",
        to=pacs,
        over=DICOM,
        carries=[PHI_PIXEL, DICOM_HEADER],
        encryption="mtls",
        medium="wired",
        controls=ENCRYPTED,
    )
    router.sends(
        "Study for triage",
        to=ai,
        over=DICOMWEB,
        carries=[PHI_PIXEL, DICOM_HEADER],
        encryption="mtls",
        validates=True,
        controls=[
            *ENCRYPTED,
            verified(
                "input-scope-check", evidence=f"{ACCEPTANCE}: a child's chest and a hand were refused", on="2026-06-25"
            ),
        ],
    )
    ai.sends(
        "Triage result",
        to=router,
        over=DICOMWEB,
        carries=[AI_RESULTS],
        encryption="mtls",
        validates=True,
        controls=[
            *ENCRYPTED,
            verified("pid-match-check", evidence=f"{ACCEPTANCE}: a mismatched pair was stopped", on="2026-06-25"),
            verified(
                "ha-failover", evidence="First line unplugged: the second took over, the queue sent on", on="2026-04-23"
            ),
        ],
    )
    viewer.pulls(
        "Images to read",
        from_=pacs,
        over=DICOMWEB,
        carries=[PHI_PIXEL, AI_RESULTS],
        encryption="mtls",
        authentication="federated",
        medium="wired",
        controls=[*ENCRYPTED, SIGN_IN],
    )
    viewer.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[PHI_PIXEL, AI_RESULTS])
    radiologist.sends("Report", to=ris, over=USER_INTERFACE, carries=[REPORTS], authentication="federated")

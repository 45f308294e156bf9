"""Orthanc behind the OHIF viewer and Keycloak, as the viewer project's public recipe sets it up.

OHIF/Viewers, platform/app/.recipes/Nginx-Orthanc-Keycloak, commit 0017b5c: what its compose and nginx files say,
and nothing else.
"""

from threatmodel import Model, Zone
from threatmodel.data import AI_RESULTS, CREDENTIALS, DICOM_HEADER, KEYS, PHI_PIXEL, SOFTWARE
from threatmodel.imaging import (
    ContainerPlatform,
    Database,
    IdentityProvider,
    InferenceServer,
    Pacs,
    Process,
    Radiologist,
    WebServer,
)
from threatmodel.protocols import DICOMWEB, IDENTITY, SQL

ADDED = "Addition: the recipe has no AI. This is the smallest one that can be put beside it."

with Model(
    "Orthanc, OHIF and Keycloak",
    version="0017b5c",
    description="A public container recipe, entered as its files state it; the inference service is an addition",
) as model:
    with Zone("Internet", exposure="internet"):
        browser = Radiologist("Radiologist's browser")

    with Zone("Container host"):
        host = ContainerPlatform("Container engine")

        with Zone("Bridge network"):
            webapp = WebServer(
                "webapp",
                runs_on=host,
                authentication="federated",
                note="nginx with the OHIF viewer and oauth2-proxy. A commented example would open Orthanc with CORS *",
            )
            orthanc = Pacs("orthanc", runs_on=host, pinned=False, note="DICOM server with plugins; image without a tag")
            keycloak = IdentityProvider(
                "keycloak",
                runs_on=host,
                pinned=True,
                authentication="password",
                default_credentials=True,
                admin_interface=True,
                note="Version 24 in development mode: HTTP on, strict HTTPS off, health and metrics on; "
                "the administrator is admin with the password admin",
            )
            postgres = Database(
                "postgres",
                runs_on=host,
                pinned=True,
                authentication="password",
                default_credentials=True,
                stores=[CREDENTIALS],
                note="Version 15; the password is password",
            )
            certbot = Process("certbot", runs_on=host, stores=[KEYS], note="Renews the certificate, holds the TLS keys")
            ai = InferenceServer("Inference service (addition)", id="inference-service", runs_on=host, note=ADDED)

    browser.pulls(
        "Viewer and studies over HTTP",
        from_=webapp,
        over=DICOMWEB,
        carries=[SOFTWARE, PHI_PIXEL, DICOM_HEADER],
        encryption="none",
        authentication="federated",
        port=80,
    )
    browser.pulls(
        "Viewer and studies over HTTPS",
        from_=webapp,
        over=DICOMWEB,
        carries=[SOFTWARE, PHI_PIXEL, DICOM_HEADER],
        encryption="tls",
        authentication="federated",
        port=443,
    )
    browser.sends(
        "Login",
        to=keycloak,
        over=IDENTITY,
        carries=[CREDENTIALS],
        encryption="none",
        authentication="password",
        port=8080,
    )
    webapp.pulls(
        "Studies", from_=orthanc, over=DICOMWEB, carries=[PHI_PIXEL, DICOM_HEADER], encryption="none", port=8042
    )
    webapp.sends(
        "OpenID Connect",
        to=keycloak,
        over=IDENTITY,
        carries=[CREDENTIALS],
        encryption="none",
        authentication="password",
        port=8080,
        purpose="oauth2-proxy checks the login; it proves itself by a client secret",
    )
    keycloak.sends(
        "Accounts",
        to=postgres,
        over=SQL,
        carries=[CREDENTIALS],
        both_ways=True,
        encryption="none",
        authentication="password",
    )

    ai.pulls(
        "Studies for the AI (addition)",
        from_=orthanc,
        over=DICOMWEB,
        carries=[PHI_PIXEL, DICOM_HEADER],
        encryption="none",
    )
    ai.sends("Results (addition)", to=orthanc, over=DICOMWEB, carries=[AI_RESULTS], encryption="none")

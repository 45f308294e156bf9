"""Everybody else: other hospitals, suppliers, clouds, the internet, patients' homes."""

from threatmodel import Zone, declared
from threatmodel.imaging import (
    CloudAiService,
    CloudTenant,
    External,
    FederatedAggregator,
    ImageExchange,
    Messaging,
    ModelHub,
    PublicDataset,
    RemoteSupport,
    ServiceLaptop,
    TeleradiologySite,
    UpdateServer,
    VendorDevelopment,
    VendorEngineer,
    WearableSensor,
)


class Outside:
    def __init__(self) -> None:
        with Zone("Partners", exposure="partner"):
            self.exchange = ImageExchange("Regional image exchange", operator="hospital")
            self.telerad = TeleradiologySite("Night reading service", operator="vendor", region="BE")
            self.federation = FederatedAggregator("Federation hub", operator="research", region="DE", serves="fleet")
            self.registry = External("Cancer registry", description="Takes reports by law")
        with Zone("AI supplier", exposure="partner", operator="vendor", region="IE"):
            self.cloud_ai = CloudAiService(
                "Lung nodule service", model_source="vendor", controls=[declared("retention-delete")]
            )
            self.development = VendorDevelopment("Supplier's development")
            self.support = RemoteSupport("Remote support")
            self.updates = UpdateServer("Update server")
            self.engineer = VendorEngineer("Service engineer")
            self.laptop = ServiceLaptop("Service laptop", operator="integrator")
        with Zone("Rented cloud", exposure="internet", operator="cloud", region="NL"):
            self.cloud = CloudTenant("Cloud tenant", multi_tenant=True)
        with Zone("Open internet", exposure="internet"):
            self.dataset = PublicDataset("Public chest set")
            self.hub = ModelHub("Model hub")
            self.messaging = Messaging("Chat service")
        with Zone("Patient's home", exposure="internet", operator="patient", physical_access="public"):
            self.sensor = WearableSensor("Home oximeter", serves="one-patient")

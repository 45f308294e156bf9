"""SKATE, the fictional therapy device of the MITRE/MDIC playbook, with its update server, and nothing else."""

from threatmodel import DataAsset, Model, Zone
from threatmodel.data import AUDIT_LOGS, CLINICAL_CONTEXT, DEVICE_CONFIG, ORDERS, SOFTWARE
from threatmodel.imaging import DeviceController, Ehr, Patient, Person, UpdateServer
from threatmodel.protocols import HTTP_API, MEDIA, PHYSICAL_PORT, USER_INTERFACE

with Model("SKATE") as model:
    firmware = DataAsset("Firmware", is_a=SOFTWARE)
    plan = DataAsset("Treatment plan", is_a=ORDERS)
    parameters = DataAsset("Treatment parameters and commands", is_a=DEVICE_CONFIG)
    treatment = DataAsset("Treatment data and logs", is_a=CLINICAL_CONTEXT)
    device_log = DataAsset("Device logs", is_a=AUDIT_LOGS)

    with Zone("Hospital network", exposure="internal", operator="hospital"):
        with Zone("Bedside or home", exposure="partner", physical_access="public"):
            patient = Patient("Patient")
            clinician = Person("Clinician or nurse")
            technician = Person("Technician")
            foot = DeviceController(
                "Foot apparatus", stores=[firmware, treatment], note="Motors; a hardware switch for maintenance"
            )
            board = DeviceController(
                "Control board",
                authentication="password",
                stores=[plan, firmware],
                note="Embedded Linux tablet; SD slot, serial line, Wi-Fi and ethernet; six-digit passcodes, one for "
                "clinicians, one with a hidden gesture for technicians; treatment cannot be started remotely",
            )
        with Zone("Server room"):
            server = UpdateServer(
                "SKATE server",
                stores=[firmware, device_log, treatment, parameters],
                admin_interface=True,
                note="Fleet management and updates, with a web interface",
            )
            administrator = Person("Fleet administrator")
        with Zone("Clinical systems"):
            ehr = Ehr("Electronic health record")

    board.sends("Commands and firmware", to=foot, over=PHYSICAL_PORT, carries=[parameters, firmware])
    server.sends("Version request, firmware, parameters", to=board, carries=[firmware, parameters])
    board.sends("Status and logs", to=server, carries=[device_log, treatment], frequency="every 15 minutes")
    administrator.sends("Management", to=server, over=HTTP_API, carries=[parameters])
    server.sends("Treatment data", to=ehr, carries=[treatment])
    technician.sends("Files on a card", to=board, over=MEDIA, carries=[firmware, plan], medium="disk")
    clinician.sends("Treatment plan", to=board, over=USER_INTERFACE, carries=[plan], authentication="password")
    patient.sends("Speed", to=board, over=USER_INTERFACE, carries=[parameters], validates=True)  # guard-rail limits

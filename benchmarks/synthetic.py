"""Writes a synthetic model of N components and 2N flows: zones of ten components, nested in rows of ten zones."""

from __future__ import annotations

import sys
from pathlib import Path

TEXT = '''"""A synthetic model of {count} components and {flows} flows."""

from threatmodel import Model, Zone, absent, implemented, verified
from threatmodel.data import AI_RESULTS, DICOM_HEADER, ORDERS, PHI_PIXEL, REPORTS
from threatmodel.imaging import DicomRouter, InferenceServer, Modality, Pacs, Radiologist
from threatmodel.imaging import Ris, Viewer, WebServer, Workstation
from threatmodel.protocols import DICOM, DICOMWEB, HL7V2, HTTP_API, USER_INTERFACE

COUNT = {count}
WORDS = (Modality, DicomRouter, Pacs, Viewer, Ris, InferenceServer, WebServer, Workstation, Modality, Radiologist)

with Model("Synthetic {count}", version="1") as model:
    parts = []
    for row in range((COUNT + 99) // 100):
        exposure = "internet" if row % 10 == 9 else "internal"
        with Zone(f"Row {{row}}", exposure=exposure, operator="hospital", region="FR"):
            for zone in range(10):
                first = row * 100 + zone * 10
                if first >= COUNT:
                    break
                with Zone(f"Zone {{row}} {{zone}}", controls=[implemented("segmentation")] if zone % 2 else []):
                    for place in range(first, min(first + 10, COUNT)):
                        word = WORDS[place % 10]
                        if word is Radiologist or place % 3 == 2:
                            parts.append(word(f"Part {{place}}"))
                        elif place % 3:
                            parts.append(word(f"Part {{place}}", os_supported=False, default_credentials=True))
                        else:
                            controls = [verified("audit-atna", evidence="test"), absent("edr")]
                            known = {{"os_supported": True, "default_credentials": False}}
                            parts.append(word(f"Part {{place}}", controls=controls, **known))
    for place, part in enumerate(parts):
        near = parts[(place + 1) % COUNT]
        far = parts[(place * 7 + 13) % COUNT]
        encryption = ("none", "tls", "mtls")[place % 3]
        over = (DICOM, DICOMWEB, HL7V2, HTTP_API, USER_INTERFACE)[place % 5]
        part.sends("Images", to=near, over=over, carries=[PHI_PIXEL, DICOM_HEADER], encryption=encryption)
        part.sends("Results", to=far, over=over, carries=[AI_RESULTS, REPORTS] if place % 4 else [ORDERS])
'''


def write(folder: Path, count: int) -> Path:
    """Writes the model of a size into a folder; gives its path."""
    path = folder / f"synthetic_{count}.py"
    path.write_text(TEXT.format(count=count, flows=2 * count), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[2]), int(sys.argv[1]))}\n")

"""The kernelspec "peerpack": how JupyterLab, nbval and papermill find the warm kernel."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

SPEC = "peerpack"
PROVISIONER = "peerpack-warm"


def spec() -> dict[str, Any]:
    """What the kernelspec says; its argv is what starts a cold kernel."""
    return {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Peerpack",
        "language": "python",
        "metadata": {"debugger": True, "kernel_provisioner": {"provisioner_name": PROVISIONER}},
    }


def install() -> Path:
    """Write the kernelspec where this interpreter's Jupyter looks; where it now stands."""
    from jupyter_client.kernelspec import KernelSpecManager

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / SPEC
        folder.mkdir()
        (folder / "kernel.json").write_text(json.dumps(spec(), indent=1) + "\n")
        return Path(KernelSpecManager().install_kernel_spec(str(folder), SPEC, prefix=sys.prefix))


def wrong_with_spec() -> str:
    """Why "Peerpack" would not start a forked kernel of this interpreter; empty where it would."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    again = "Run `make setup` again."
    try:
        found = KernelSpecManager().get_kernel_spec(SPEC)
    except NoSuchKernel:
        return f"The kernel {SPEC!r}, or its provisioner {PROVISIONER!r}, is not installed. {again}"
    provisioner = found.metadata.get("kernel_provisioner", {}).get("provisioner_name")
    if found.argv != spec()["argv"] or provisioner != PROVISIONER:
        return f"The kernel {SPEC!r} at {found.resource_dir} is another interpreter's. {again}"
    return ""

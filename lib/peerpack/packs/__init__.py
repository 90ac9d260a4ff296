"""Packs: plan, run, publish, verify. The only importer of papermill."""

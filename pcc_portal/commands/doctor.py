"""``pcc-portal doctor``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def command(as_json: bool) -> None:
    """Say what is configured, what is missing, and whether the portal can run."""
    from pcc_portal.doctor import examine

    findings = examine()
    healthy = all(finding.state != "missing" for finding in findings)
    if as_json:
        click.echo(json.dumps({"healthy": healthy, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            click.echo(f"{finding.state:>8}  {finding.name:<15} {finding.detail}")
    sys.exit(0 if healthy else 1)

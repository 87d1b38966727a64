"""``pcc-portal``: finds its commands in :mod:`pcc_portal.commands`, one file each."""

from __future__ import annotations

import importlib
import os
import pkgutil
from pathlib import Path

import click

from pcc_portal import commands
from pcc_portal.reflex_internals import ROOT


class Commands(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or nothing."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"pcc_portal.commands.{cmd_name.replace('-', '_')}")
        found = module.command
        return found if isinstance(found, click.Command) else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pcc-portal")
def main() -> None:
    """A patient portal for care coordinators and the people they look after."""
    fix_data_dir()


def fix_data_dir() -> None:
    """Make the data folder absolute: relative to the caller when set, ``var/`` of the project if not."""
    chosen = os.environ.get("PCC_DATA_DIR", "")
    os.environ["PCC_DATA_DIR"] = str(Path(chosen).resolve() if chosen else ROOT / "var")


if __name__ == "__main__":
    main()

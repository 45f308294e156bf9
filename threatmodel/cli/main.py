"""The command ``threatmodel``: the table of commands, each loaded when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from threatmodel.cli import exits
from threatmodel.errors import ThreatModelError

COMMANDS: dict[str, str] = {
    "demo": "Write a sample model, run the whole job on it, say what to open.",
    "check": "Assess a model: findings on the terminal or as JSON, and the gate.",
    "report": "Write the documents of a model: HTML in one file, Markdown.",
    "diagram": "Draw the data-flow diagram of a model.",
    "explain": "Say why a finding was raised, or why not, and what would close it.",
    "plan": "Say which controls to add first, and what cuts every way to a place.",
    "convert": "Convert a model between Python, YAML and JSON.",
    "catalog": "List, show and lint the threats and controls.",
    "schema": "Print the JSON Schemas for editors and other programs.",
    "completion": "Print the completion script for a shell.",
}
"""Each command with its line in the help; its module is ``<name>_command``."""


class _Commands(click.Group):
    """The commands, each imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name; for the help of the whole, only its line is needed."""
        if cmd_name not in COMMANDS:
            return None
        if ctx.resilient_parsing and not ctx.args and _completing_names():
            return click.Command(cmd_name, short_help=COMMANDS[cmd_name])
        command = import_module(f"threatmodel.cli.{cmd_name}_command").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their lines, without loading one of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name, or an error that names the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from threatmodel.errors import nearest_or_all

            ctx.fail(f"no command is called {args[0]!r}; {nearest_or_all(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


def _completing_names() -> bool:
    """Whether a shell asks for the names of commands: then none of them need be loaded."""
    words = os.environ.get("COMP_WORDS", "").split()
    return len(words) <= 2 and int(os.environ.get("COMP_CWORD", "1") or 1) <= 1


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"threatmodel {tool_version()}")
        context.exit(exits.DONE)


def tool_version() -> str:
    """The version of the installed program."""
    from importlib import metadata  # costs more than click; few commands print the version

    return metadata.version("threatmodel")


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error what is being done.")
@click.pass_context
def application(context: click.Context, quiet: bool, verbose: bool) -> None:
    """Threat models for imaging AI: describe the data flows, get the threats, the picture and the documents.

    Exit codes: 0 done · 1 the gate failed · 2 wrong usage · 3 the model or a catalog is wrong · 4 could not be
    written or drawn.
    """
    context.obj = 0 if quiet else 2 if verbose else 1


def main() -> None:
    """Runs the command; every error that is ours ends in a message and its exit code, never in a traceback."""
    gc.disable()  # the process is short, and nearly all that it makes lives to its end
    try:
        code = application.main(prog_name="threatmodel", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else exits.DONE)
    except click.ClickException as error:
        error.show()
        sys.exit(exits.USAGE)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except ThreatModelError as error:
        from threatmodel.cli.loading import told

        click.echo(told(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(exits.DONE)
    finally:
        gc.freeze()  # nor is anything looked through once more at the end


if __name__ == "__main__":
    main()

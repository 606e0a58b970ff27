"""Part ``dates``: Odoo's own date suites, with and without our calendar."""

from .. import proc

_SCRIPT = "tests/jalali/compare_suites.py"


def run(ctx, part):
    """The suites give the same result, test by test; the table goes to the log."""
    script = ctx.settings.project / _SCRIPT
    if "sajad_jalali" not in ctx.modules or not script.exists():
        part.tell("there is no calendar of ours")
        return
    without, _with = (ctx.databases.scratch(f"dates_{n}") for n in ("without", "with"))
    # handed over as text: the user that runs Odoo may not read this folder
    argv = [ctx.odoo.venv / "bin/python", "-c", script.read_text(encoding="utf-8")]
    argv += ["-c", ctx.odoo.conf, "--prefix", without.removesuffix("_without")]
    argv += ["--http-port", proc.free_port(), "--gevent-port", proc.free_port()]
    log = ctx.logs / "dates-suites.log"
    code = proc.logged(argv, log, env=ctx.odoo.env, cwd="/", **ctx.settings.drop)
    lines = log.read_text(errors="replace").splitlines()
    part.check("Odoo's date suites, with and without ours", lines if code else [])
    for line in lines if not code else ():
        part.tell(f"      {line}")

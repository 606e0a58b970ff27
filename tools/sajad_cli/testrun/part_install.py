"""Parts ``install`` and ``cycle``: our addons come and go with a clean log."""

from .. import addons, logcheck, proc


def install(ctx, part):
    """Install without and with demo data; the other parts copy these two."""
    _installs(ctx, part, demo=False)
    _installs(ctx, part, demo=True)


def cycle(ctx, part):
    """Install without what installs itself; update; uninstall and reinstall."""
    _alone(ctx, part)
    _updates(ctx, part)
    _uninstalls(ctx, part)


def _verdict(ctx, log, code):
    wrong = logcheck.judge(logcheck.read(log), code, ctx.allowed)
    return [*wrong, f"log: {log}"] if wrong else []


def _installs(ctx, part, demo):
    built = ctx.databases.build(demo)
    what = "with demo data, in Persian" if demo else "without demo data"
    part.check(f"install {what}", _verdict(ctx, built.log, built.code))


def _alone(ctx, part):
    """What others install themselves upon works without them, too."""
    alone = addons.below_leaves(ctx.manifests)
    if not alone:
        return
    name = ctx.databases.scratch("alone")
    ctx.databases.databases.copy(ctx.databases.template(False), name)
    log = ctx.logs / "install-alone.log"
    argv = ["server", "-i", ",".join(alone), "--skip-auto-install"]
    argv += ["--stop-after-init", "--no-http", "--max-cron-threads", "0"]
    wrong = _verdict(ctx, log, ctx.odoo.run(log, *argv, database=name))
    there = ctx.databases.databases.installed_modules(name)
    wrong += [f"{m} is not installed" for m in alone if m not in there]
    wrong += [f"{m} came along" for m in addons.leaves(ctx.manifests) if m in there]
    part.check(f"install {', '.join(alone)} alone", wrong)


def _updates(ctx, part):
    with ctx.databases.copy(False, "update") as name:
        log = ctx.logs / "install-update.log"
        argv = ["server", "-u", ",".join(ctx.modules), "--stop-after-init", "--no-http"]
        code = ctx.odoo.run(log, *argv, "--max-cron-threads", "0", database=name)
        part.check("update", _verdict(ctx, log, code))


def _uninstalls(ctx, part):
    """Odoo's own script, one addon after the other, dependants first."""
    script = ctx.stack.tree.package / "tests/test_module_operations.py"
    modules = ",".join(reversed(ctx.modules))
    with ctx.databases.copy(False, "cycle") as name:
        log = ctx.logs / "install-cycle.log"
        argv = [ctx.stack.venv / "bin/python", script, "-d", name]
        argv += ["-D", ctx.odoo.data, "-p", ctx.odoo.addons_path, "uninstall", modules]
        env = ctx.odoo.env | {
            "ODOO_RC": str(ctx.odoo.conf),
            "PGHOST": ctx.stack.postgres.host,
            "PGPORT": str(ctx.stack.postgres.port),
            "PGUSER": ctx.stack.postgres.user,
        }
        code = proc.logged(argv, log, env=env, cwd="/", **ctx.settings.drop)
        wrong = _verdict(ctx, log, code)
        back = ctx.databases.databases.installed_modules(name)
        wrong += [
            f"{m} is not installed again" for m in ctx.modules[:1] if m not in back
        ]
        done = log.read_text(errors="replace").count(" uninstalled")
        if done < len(ctx.modules):
            wrong.append(f"only {done} of {len(ctx.modules)} addons were uninstalled")
        part.check("uninstall and reinstall", wrong, f"{done} addons")

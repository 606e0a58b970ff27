"""Entry point: ``python -m sajad_cli VERB``."""

from .cli import main

raise SystemExit(main())

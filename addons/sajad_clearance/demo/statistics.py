"""Statistics and forecasts of the stories that `scenario.py` has replayed."""

from .scenario import _clock


def run(env):
    """Count the past weeks, and forecast each request as the night after it came."""
    env["sajad.stat.day"]._backfill()
    Forecast = env["sajad.forecast"]
    requests = env["sajad.request"].search([("date_submit", "!=", False)])
    for request in requests.sorted("date_submit"):
        with _clock(request.date_submit):
            Forecast._store(request._get_forecast(fresh=True))
    Forecast._settle()

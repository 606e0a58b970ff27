"""Clocks of requests: policies and their versions, events, clocks, alarms, figures."""

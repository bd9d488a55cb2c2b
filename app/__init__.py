"""Parity: targets for, and progress towards, BME representation in NHS trusts in England."""

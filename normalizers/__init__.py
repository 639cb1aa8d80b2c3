"""Printed words become amounts, years, places, providers and services. Opens no document."""

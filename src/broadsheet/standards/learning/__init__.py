"""Learns from a newsroom's decisions, tries changes on them before they count, and watches the rates afterwards."""

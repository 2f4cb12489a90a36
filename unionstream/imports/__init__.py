"""Spreadsheets in: rosters and receipts as people really keep them, read and sent to the services."""

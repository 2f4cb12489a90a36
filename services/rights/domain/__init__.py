"""The rules, pure: no database, no clock, no HTTP; a module per aggregate."""

"""What outlives the process: tables, migrations, and one transaction per event."""

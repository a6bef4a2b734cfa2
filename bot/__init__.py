"""An acupressure companion for Telegram; `python -m bot` runs it."""

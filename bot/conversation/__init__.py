"""What the bot decides to do about an event: values only, nothing is sent or stored from here."""

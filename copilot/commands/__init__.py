"""What each command does; `copilot.cli` parses the arguments, `copilot.wiring` has what they need."""

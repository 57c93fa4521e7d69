"""What each command does; `copilot.main` parses the arguments, `copilot.wiring` has what they need."""

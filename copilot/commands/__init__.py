"""What each command does; `copilot.main` parses the arguments and hands over what is needed."""

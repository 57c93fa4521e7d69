"""What a command line may say: a module per kind of command, which parses, and hands over to `copilot.commands`."""

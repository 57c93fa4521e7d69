"""Which adapters stand behind the ports, put together from the settings: a module per kind of thing that is opened.

Heavy parts are imported where they are opened, so that `copilot analyze` starts in well under a second.
"""

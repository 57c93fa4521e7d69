"""WhisperLiveKit's server, whose model is a stand-in; runs in its own environment, with its own options."""

from __future__ import annotations

from scripts.peer import stand_in

if __name__ == "__main__":
    stand_in.install()
    from whisperlivekit.basic_server import main

    main()

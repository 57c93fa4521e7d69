"""When a language model is asked, what it is told, and what becomes of its reply: all but the asking itself.

    logged events ──► Epoch, Gate ──► Briefing (with a Redactor) ──► prompt ──► reply's text
                                                                                    │
    the reducer ◄── ops of the domain ◄── Translation (against the state by then) ◄── ReplyReader

Nothing here waits, asks the time, or reaches outside.
"""

"""A library that a server must not fork: it starts a thread as it is imported."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()

"""The web: the learner's chat at `/`, the helpers' desk at `/desk`, Telegram's webhook."""

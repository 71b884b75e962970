"""Every word we say: templates, translations, and one small Markdown turned into each channel's format."""

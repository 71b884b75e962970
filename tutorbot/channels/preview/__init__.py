"""The preview: an author's own page of a lesson as learners see it, on the web and on Telegram, at each save anew.

app      joins the pages; `parts` is what it is given      site     what is asked for and pressed, into answers
shelf    the lessons of a folder, and what the check says  listing  the list of all lessons
play     one lesson played with the real engine; pure      tables   the open pages, and what is played on each
trials   what can be tried on a card; pure
findings where on the page a finding belongs; pure         phone    a message as Telegram shows it; pure

No database and no accounts: what is played is kept in memory, and only this machine is served. The words, bubbles and
buttons are those of the web chat and of Telegram themselves, so that what is seen here is what learners see.
"""

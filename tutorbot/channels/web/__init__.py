"""The web: the learner's chat at `/` and the helpers' desk at `/desk`, in Starlette, with and without scripts.

app      joins the pages; `parts` is what it is given      chat, desk/, public  the pages by whom they are for
pages    templates into answers                            talk                 what of the record a learner is shown
forms    the one door for what is sent back                stream               keeps an open page up to date
links    addresses by which helpers sign in                guard                headers of every answer
limits   how often one visitor may ask                     health, metrics      whether we are well; mydata: copies
reader   in which language
"""

"""The helpers' desk at `/desk`. What may be done is decided in `runtime.desk`; these pages show and pass on.

Nothing here shows who a learner is outside: no phone number, no user name, no address of a chat.

site     joins the pages                      door      signing in, and who may see what
queue    who waits                            ticket    one ticket, and all that can be done about it
me       a helper's own hours and languages   overview  the coordinator's page; `charts` measures its drawings
"""

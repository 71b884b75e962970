"""Tutorbot: a chat tutor for people with few digital skills, with a human helper one tap away.

The map of this house. Imports flow one way, from the top of this list to its bottom; contracts in pyproject.toml hold
them to it.

    cli                finds the command that was typed
    commands/          a file for each command; help/: what can be typed
    processes          runs it as one process, or as many that share the work
    pages              joins the pages, and serves them
    bootstrap          joins all other parts of what serves
    doctor/            looks whether they are well
    caretaker          builds what looks after the house, for bootstrap
    upkeep/            backups, and bringing one back
    config, log        every setting; the log
    serving, patience  serves an app; waits for no slow request
    listening          where a process listens, and until when
    collector          keeps the garbage collector from work that finds nothing
    channels/          the surfaces: telegram, web, terminal; they translate in and send out
      preview            a lesson on all of them, for its author
    store/             the database, SQLite or PostgreSQL
    runtime/           the shell: one turn is one transaction, then what is owed is sent
      conversation       what a learner does            desk/          what helpers do
      turns, entries     a turn carried out, in words   outbox         sends what is owed
      queueing           how tickets come to the desk   timekeeper     acts when nobody does
      facts              what waiting learners read     office         groups and helpers, by command
      together           what goes out as one message
      ports, values      what the shell needs           live           wakes open pages
      rights/            copies, being forgotten, and nothing kept for too long
      doubt              asks about what may be lost
    desk/              rules of the escalation desk: tickets, helpers, groups, hours, briefings; pure
      timers             what happens to a ticket if nobody acts
      routing            which tickets have a card in the helpers' chat
      overview           how a group is doing, in numbers
      redaction          what is hidden in people's words
      caution            what to look at in helpers' messages before they are sent
    messages/          every word we say, in every language and for every channel
    tutor/             the engine: advance(state, event, curriculum, now) -> Turn; pure
    curriculum/        what is taught; pure, but for the loader
    errors             every exception of ours

The words we use, one meaning each.

    learner      the person who is taught             helper       the volunteer at the desk
    author       who writes lessons                   coordinator  a helper who looks after a group
    lead         a helper who is told of alarms       group        helpers of one place, and their learners
    channel      a surface: Telegram, web, terminal   address      where somebody is on one channel
    course       a folder of lessons around a need    lesson       a Markdown file
    card         one screen of a lesson               exercise     a card that asks
    word         a hard word that is explained        hit          what may be meant by a text, if we are sure or not
    attempt      one answer                           mastery      the rule that says done
    event        what happened to a learner           reply        what we say: a template and its values
    effect       what we want done                    turn         new state, replies and effects
    stage        what a learner is doing now          step         counts changes of place, on every button
    ticket       one escalation                       briefing     what a helper is shown of it
    entry        one message of the record            outbox       the entries still owed
    edition      a lesson as it was worded then       line         what is owed to one chat, in order
    lead         to be the one process that sends, asks Telegram and keeps time
    bell         what processes tell each other, so that pages look again
    mark         what stands for what is hidden       sign         of danger or despair, heard in a text
"""

__version__ = "0.1.0"

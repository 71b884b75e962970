"""The database. Knows SQLModel and SQLAlchemy; knows nothing of channels or of words.

tables       every table and column, and what they mean
columns      how our values are written in a column; written: those that are JSON there
query, among one way to ask, for both databases
learners, record, outbox
             the questions: rows in, frozen shapes out
upkeep       what those who look after the house ask
tickets, helpers, groups, signing, held, audit
             those of the helpers' desk
transaction  all of them over one connection
crew         the threads that do the work, and the way from asyncio to them and back
sqlite, postgres
             how each database runs a unit of work
others       the other processes on a PostgreSQL: which one leads, and what they tell each other
database     opens the store, or its copies
copies, sqlite_copies, postgres_copies
             a database copied into a file, and put back from it
versions     which versions of the schema we know; readiness: at which one a database is
schema, migrations
             bring a database to the version that this program knows
direct       a connection for what is seldom done
urls         which database a setting means
"""

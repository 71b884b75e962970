"""What people write when they are in despair or in danger, and what only sounds like it. Written before any rule was.

A row is a message; in front of it `despair` (they may harm themselves) or `danger` (somebody harms them or somebody
near them, or forces them). The harmless rows hold nothing of either.

Two halves. The rules were made with TUNING in sight. HELD_OUT was written at the same time, by the same person, and is
only measured.
"""

from collections.abc import Iterator

TUNING = """
despair | i want to die
despair | i want to kill myself
despair | im going to end it all tonight
despair | i dont want to be here anymore
despair | i cant go on
despair | I can not go on
despair | i cant go on anymore i am so tired
despair | i just cant go on living like this
despair | I can't go on, it is too much
despair | i cannot carry on any longer
despair | i cant keep going
despair | i dont want to go on
despair | i cant face another day
despair | thinking about ending my life
despair | i feel suicidal
despair | there is no point in living
despair | i wish i was dead
despair | everyone would be better off without me
despair | i cut myself last night
despair | i keep hurting myself
despair | ive taken too many tablets
despair | i took an overdose
despair | iwant to dye i cant do this any more
despair | i wanna die
despair | thinking of suiside
despair | i want to kil my self
despair | my daughter says she wants to kill herself
despair | my son is self harming
despair | sorry this form is too hard i just want to die
despair | no reason to live since he died
despair | i have a plan to end my life
despair | life is not worth living
despair | rwyf eisiau marw
despair | dwi isio marw
despair | dwi eisiau lladd fy hun
despair | dwi ddim eisiau byw
despair | dwi wedi brifo fy hun
danger | my husband hits me
danger | he hit me again last night
danger | my boyfriend beats me up
danger | she hurts me when she drinks
danger | he is hurting the kids
danger | my dad hits me
danger | im scared of my partner
danger | i am afraid to go home
danger | he says he will kill me
danger | he threatened to kill me
danger | he wont let me leave the house
danger | i am being abused
danger | my uncle touches me
danger | he makes me do things i dont want
danger | someone is forcing me to have sex
danger | i was raped
danger | he strangled me
danger | my carer hits my mum
danger | he takes all my money and hits me if i ask
danger | he took my passport and i have to work with no pay
danger | they make me work and lock me in
danger | a man online has pictures of me naked and wants money
danger | he says he will share my nudes
danger | im in danger
danger | help me he is in the house
danger | there is a man breaking in
danger | my stepdad comes in my room at night
danger | i am 13 and a man online wants to meet me
danger | mae fy ngwr yn fy mrifo
danger | mae o'n fy nharo
danger | mae ofn arna i o fy mhartner
"""

TUNING_HARMLESS = """
this phone is killing me
i could kill for a cup of tea
my battery is dying
my phone died
hit the button
beat the queue
cut my finger
i cut and paste it
how do i kill an app
my screen is dead
the line went dead
dead easy
im dying to see my grandson on video
i nearly died laughing
my husband died last year and i need to tell them
when someone dies who do i tell
tell us once after a death
my mum died how do i stop her pension
death certificate
i hit next and nothing happened
it hit me that i forgot
i beat my score
my eyes hurt from the screen
my back is killing me
my knee hurts
does it hurt to update
it hurts to type with my bad hand
im scared of pressing the wrong thing
im afraid i will break it
i am scared of scams
my husband hits the wrong button all the time
he hit send too early
shoot me an email
end the call
how do i end my lesson
i want to end my subscription
how do i end my tenancy
i dont want to be on facebook anymore
i cant go on facebook
i cant go on the page
I can't go on to the next card
i can not go on with the lesson
I cannot go on, the button is grey
i cant go on any more with this lesson the page is stuck
i cant carry on from here
i cant keep going back to the start
i dont want to go on facebook
i dont want to carry on with this lesson
i cant face the camera
i cant do this
i give up
kill the sound
self assessment
self service
overdue bill
take my tablet to the shop
my tablet is too slow
i took too many photos
he touches the screen
she makes me do the online shopping
they make me use a password
my son wont let me use his laptop
someone is forcing me to update windows
can i get help with pip for self care
i live alone and its fine
mae fy ffon wedi marw
batri yn marw
mae fy nghefn yn brifo
"""

HELD_OUT = """
despair | i want to be dead
despair | ive had enough of life
despair | i am thinking of taking my own life
despair | i might as well be dead
despair | nobody would miss me if i was gone
despair | cant take it anymore i want it to end
despair | going to jump off the bridge
despair | i dont want to live anymore
despair | i dont want to wake up tomorrow
despair | i feel like killing myself
despair | im gonna kill myself
despair | im sucidal
despair | i have been cutting
despair | i self harm
despair | i swallowed loads of pills
despair | i tried to end my life last year and it is coming back
despair | what is the point of being alive
despair | i hate myself and want to disappear for ever
despair | my friend said he is going to kill himself
despair | wnat to die
despair | kms
despair | ready to end my life over this universal credit
despair | i would rather be dead than fill in another form
despair | my grandson wants to end his life
despair | please tell my kids i love them goodbye
despair | rydw i eisiau lladd fy hunan
despair | hoffwn i fod wedi marw
despair | does dim pwynt byw
despair | mae fy merch yn hunan-niweidio
danger | my wife hits me
danger | my ex is following me and says he will hurt me
danger | he punched me
danger | he pushed me down the stairs
danger | he chokes me
danger | my son hits me when i say no to money
danger | the carer is rough with me and shouts and i have bruises
danger | my partner controls everything and im frightened
danger | i am not safe at home
danger | im not safe here
danger | i dont feel safe with him
danger | he is going to kill me
danger | she has a knife
danger | they beat me
danger | he forces me to sleep with him
danger | my boss keeps my passport and hits us
danger | they say i owe them and have to work it off
danger | someone is touching my little sister
danger | my teacher touched me
danger | a boy has my nude pic and says he will send it to everyone
danger | he sent me pictures of his private parts im 12
danger | he raped me
danger | i was sexually assaulted
danger | being blackmailed with photos of me
danger | someone is trying to get into my house
danger | my mum hits me with a belt
danger | he has been hitin me
danger | my bf hit me
danger | domestic violence
danger | mae e'n bygwth fy lladd
danger | dwi ddim yn ddiogel gartref
danger | mae fy mam yn fy mwrw
"""

HELD_OUT_HARMLESS = """
this form is doing my head in
these passwords will be the death of me
im dead on my feet
i killed the wifi by accident
killer heels
killing time on the bus
my laptop is dying on me
is the app dead
a dead link
my dog died and i want to cancel the pet insurance
how do i register a death
my late husbands pension
bereavement payment
he died in 2019
what happens to my account when i die
make a will online
power of attorney
my hand hurts
it hurts my eyes
my wife hits enter twice
the kids hit the keyboard
i hit the wrong key
beat the price rise
beats me
heart beats app
i was beaten by the quiz again
cut off my internet
they cut my benefits
cut the picture
paper cut
i have had enough of this form
i want it to end the call
end of the line
i want to disappear from google
how do i delete myself from facebook
i dont want to live in england anymore im moving to spain
afraid so
im afraid i dont understand
i am frightened of computers
is it safe at home to use wifi
i dont feel safe with online banking
is my money safe
my partner controls the heating with his phone
he forces the app to close
a knife and fork set i ordered
he sent me pictures of the grandkids
someone is trying to get into my account
take the pills reminder app
pills prescription online
i take two tablets a day
goodbye and thank you
i love my kids
i work with no pay slip
jump to the next lesson
point of this lesson
is there any point in updating
bridge toll pay online
my phone was stolen
murder mystery on tv
mae'r sgrin yn brifo fy llygaid
bu farw fy ngwr
mae fy nghyfrifiadur wedi marw
"""


def samples(rows: str) -> Iterator[tuple[str, str]]:
    """The sign and the message of each row; "" for a harmless one."""
    for row in filter(None, rows.splitlines()):
        sign, found, text = row.partition(" | ")
        yield (sign, text) if found else ("", row)

"""Messages as people write them, with what has to be hidden in them marked. Written before any rule was.

A row is a message. `{card:4111 1111 1111 1111}` is something to hide, and its kind (see `desk.redaction.Kind`); a row
without braces holds nothing to hide, though it may look so. `↵` is a new line. Escapes as in every Python text.

Two halves. The rules were made with TUNING in sight. HELD_OUT was written at the same time, by the same person, and is
only measured: its figures are the honest ones. Nobody's numbers are in here: cards, accounts and sample numbers are
those that banks and offices print as examples, phone numbers come from the ranges kept for fiction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKED = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Sample:
    """One message."""

    text: str
    secrets: tuple[tuple[str, str], ...]  # kind and what has to be hidden, in order; () if nothing has


def samples(rows: str) -> Iterator[Sample]:
    """The messages of one of the texts below."""
    for row in filter(None, rows.splitlines()):
        text = row.replace("↵", "\n")
        yield Sample(_MARKED.sub(r"\2", text), tuple(_MARKED.findall(text)))


TUNING_SECRET = """
my card is {card:4111 1111 1111 1111}
it wont take my card {card:4111111111111111} what do i do
the long number on the front is {card:5555 5555 5555 4444} and exp 04/28
visa {card:4012-8888-8888-1881}
heres my card no. {card:4000056655665556} thanks love
{card:4242 4242 4242 4242}
{card:4242424242424242} is that right
my amex {card:3782 822463 10005}
card number {card:４１１１ １１１１ １１１１ １１１１} is not working
my card {card:4111\u200b1111\u200b1111\u200b1111}
{card:5105.1051.0510.5100} is what it says
its {card:5 1 0 5 1 0 5 1 0 5 1 0 5 1 0 0} on my card
i put in {card:4111↵1111↵1111↵1111} and it said no
CARD {card:٤١١١ ١١١١ ١١١١ ١١١١}
fy ngherdyn yw {card:4111 1111 1111 1111}
i gave them my card number its {card:6011 0009 9013 9424} is that bad
maestro {card:6759 6498 2643 8453}
my sort code is {account:20-00-00} and account number {account:55779911}
sort code {account:12-34-56} account {account:12345678}
bank details {account:08 99 99} {account:66374958}
acc no {account:12345678}
my account number is {account:1234 5678} for the rent
sortcode {account:123456} acount no {account:87654321}
cod didoli {account:20-00-00} rhif cyfrif {account:55779911}
iban {iban:GB29 NWBK 6016 1331 9268 19}
the bank says my iban is {iban:GB82WEST12345698765432}
my brother in germany is {iban:DE89 3704 0044 0532 0130 00}
my national insurance number is {insurance:AB 12 34 56 C}
my ni is {insurance:AB123456C}
NINO {insurance:jg121316a}
{insurance:AB-12-34-56-C} thats my ni number
ni no {insurance:J G 1 2 1 3 1 6 A} is that all
its asking for insurance number {insurance:AB 123456 D}
fy rhif yswiriant gwladol yw {insurance:CE 12 34 56 B}
my ni is {insurance:Ａ\u200bＢ１２３４５６Ｃ}
nhs number {nhs:943 476 5919}
my nhs no is {nhs:9434765919} do i put it there
NHS No: {nhs:401-023-2137}
rhif GIG {nhs:943 476 5919}
my utr is {tax:1955839661}
tax reference {tax:19558 39661} from hmrc letter
unique taxpayer reference {tax:1123456789}
passport number {passport:533401372}
my passport says {passport:107185703} at the top
rhif pasbort {passport:533401372}
driving licence {licence:MORGA657054SM9IJ}
licence number is {licence:MORGA 657054 SM9IJ}
its {licence:jones 912118 a99xx} on my driving license
the code is {code:4821}
it sent me a code {code:482913} where does it go
my code {code:482 913}
they texted {code:48 29 13}
one time passcode {code:739201}
security code {code:8841} it says
verification code: {code:20417}
it says your code is {code:G-482913}
i got a text saying {code:493021} is your gov.uk one login code
y cod yw {code:4821}
my pin is {pin:4821}
pin {pin:1066}
PIN no {pin:7-3-9-1}
i think my pin number is {pin:2580} but it wont work
fy mhin yw {pin:4821}
my password is {password:Fluffy123}
password: {password:sunshine!}
pw {password:Rover2019}
my pasword is {password:ilovemycat}
the password i use is {password:Arsenal4ever}
user margaret.h password {password:tea-pot-lamp}
fy nghyfrinair yw {password:Cymru2024}
passcode {pin:884213} to get in my ipad
email {email:margaret.jones@example.com}
my email is {email:dave_1952@example.co.uk} can you write
send it to {email:ann@example.org} please
{email:BOB.SMITH@EXAMPLE.COM}
{email:ann (at) example.com}
{email:ann at example dot com}
my e bost yw {email:sian@example.cymru}
ring me on {phone:07700 900123}
my number is {phone:07700900123}
call {phone:01632 960 001} after 5
mobile {phone:+44 7700 900456}
{phone:+447700900456} thats my husband
text {phone:07700-900-789}
{phone:0 7 7 0 0 9 0 0 1 2 3}
my home phone is {phone:(01632) 960123}
phone {phone:020 7946 0018}
tel {phone:０７７００９００１２３}
{phone:00447700900321} from spain
ffoniwch fi ar {phone:07700 900123}
cvv {code:123}
the 3 numbers on the back are {code:737}
my customer number is {number:88213345}
reference {number:1234567890123} on the letter
my crn is {number:123456789}
case {number:2024 118 556}
my mum {phone:07700 900 111} and her card {card:4917 6100 0000 0000}
photo_of_card_{card:4111111111111111}.jpg
passport {passport:533401372} dob 12/03/1961
my wifi password is {password:blue-sofa-99}
i changed it to {password:Petal1948} as my password
my kids account is {account:12 34 56 78}
it says {number:12 14 16} do i put that
my kids sort code {account:20 40 60}
the bus app wants my pin {pin:12 14}
the children are {number:60 40 20}
my kids number is {phone:07 12 34 56 78 90}
"""

TUNING_HARMLESS = """
i was born 12/03/1961
my birthday is 12-03-1984
on 22.11.2026 i got the letter
2026-11-22
the appointment is at 10:30
its open 10.30-11.45
from 09:00 to 17:30
bus 42 or 142
the 10 15 bus
i got on the 1 the 7 and the 38
lesson 3 card 2
i did lesson 12 of 76
B 2
a c
1 3
A, C and D
i tried 1 2 and 3
answer is 7726
i sent it to 7726
ring 999
rang 111 and they said wait
call 101 for police
phone 159 to get the bank
119 for vaccines
105 if there is a power cut
childline 0800 1111
samaritans 116 123
116123
116 006 is the bereavement line
do i ring 116 000 for missing children
they told me to ring 0808 2000 247
0300 123 2040 is report fraud
is 0300 200 3300 really hmrc
it costs £12.50
i paid £1,234.56
it was 1,000,000 pounds on the lottery
£100 000 house
over 3.5 million people
20% off
25 000 steps today
its 2026 now
in 1966 we won
from 2019 to 2024
2024-2025 tax year
tax year 2025/26
SW1A 1AA
my postcode is CF10 3NQ
M1 1AE and LS2 9JT
i live at 42 acacia road
flat 3 12 high street
www.gov.uk/pip
https://www.gov.uk/check-state-pension
gov.uk/browse/benefits
what is a password
i forgot my password
my password does not work
the password box is empty
is it ok to write my passwords down
how do i change my password
it says wrong password
password is too short it says
what does pin mean
i dont have a pin
my pin does not work
what is the code for
i never got a code
the code did not come
where do i put the code
code word
is my code safe
it asks for a sort code what is that
where is the account number
what is an iban
do i need my nhs number
nhs app
my national insurance card is lost
how do i find my utr
is my passport out of date
i need a driving licence
whats a cvv
email is not working
what is an @ sign
look after the @
i press @ and nothing
my phone is a nokia 3310
iphone 13 or 14
windows 11
version 17.5.1
my size is 12 and his is 44
2 bags of 5 apples
3 x 4 = 12
there are 52 weeks and 365 days
room 101
page 12 line 3
it is 18 degrees
i am 78 years old
we are 2 adults and 3 children aged 5 7 and 9
ring me at 5
can you call me later
number 10 downing street
4 out of 5
100%
my pen is red
i put a pin in it
spin the wheel 3 times
the barcode is torn
dress code is smart
postcode lottery
cymraeg 2050
gwers 3 cerdyn 2
beth yw cod post
cyfrinair cryf
HELLO 123
my kids are 12 14 16
they are aged 9 11 14 and 16
12 14 16 years old
which bus do i get the buses are 12 14 16 38
the times are 10 11 12 13
grandchildren 1 3 5 8 11
"""

HELD_OUT_SECRET = """
whats wrong with my card {card:4111 1111 1111 1111} it gets declined
the numbers are {card:5200 8282 8282 8210} exp 11 27
ive a mastercard {card:5436031030606378}
{card:4462 0300 0000 0000} mine
i typed {card:2223003122003222} in the box
card: {card:4 0 0 0 0 5 6 6 5 5 6 6 5 5 5 6}
debit card {card:4012 8888 8888 1881} cvc {code:456}
diners {card:3056 930902 5904}
my son says dont give it but {card:4111–1111–1111–1111}
{card:4111_1111_1111_1111}
rhif y cerdyn {card:5555555555554444}
its {card:４２４２４２４２４２４２４２４２}
long card no {card:4242\u00a04242\u00a04242\u00a04242}
card no {card:4111/1111/1111/1111}
please pay {card:4111 1111 11111111}
{card:37828224631 0005} is amex
sort {account:40-47-84} acc {account:70872490}
s/c {account:404784} a/c {account:70872490}
i bank with lloyds {account:30-00-00} {account:12345678}
account no. {account:70872490} and sort code {account:40 47 84}
my bank acct is {account:31926819} 601613
pay it in to {account:108800} {account:00012567}
nationwide roll number {number:4031234567}
rhif cyfrif banc {account:12345678}
international number {iban:GB33 BUKB 2020 1555 5555 55}
{iban:gb94barc10201530093459}
ireland one is {iban:IE29 AIBK 9311 5212 3456 78}
{iban:FR14 2004 1010 0505 0001 3M02 606}
nat ins {insurance:CE123456A}
N.I. {insurance:SX 65 43 21 B}
my insurance no is {insurance:sx654321b}
is it {insurance:AB 12 34 56C} or do i leave a gap
NI number: {insurance:PA.98.76.54.D}
rhif YG {insurance:AB123456C}
it wants my nino which is {insurance:JG 103759 A} love from pat
my n h s number {nhs:999 000 0018}
nhs {nhs:450 557 7104}
health number {nhs:372 104 6595} wales
{nhs:6112233444} is on my nhs letter
self assessment number {tax:1314159265}
UTR {tax:52 5551 2345}
hmrc said my tax number is {tax:1987612345}
cyfeirnod treth {tax:1955839661}
passport no. {passport:925665416}
british passport {passport:GBR 533401372} i think
the new passport begins {passport:AB1234567}
my licence {licence:SMITH 711215 J99AB}
{licence:DAVIE905155HE9KL} driving
trwydded yrru {licence:MORGA657054SM9IJ}
the number they sent is {code:118204}
code {code:7 7 2 0 4 1}
otp {code:550192}
hiya it came {code:618-204} is the code
passcode from hmrc {code:904417}
access code = {code:HX72KQ}
they said read out the code so i said {code:330912}
my 2 step code {code:8 1 2 2 0 4}
your amazon otp is {code:224871} dont share it
whatsapp code {code:123-456}
cod diogelwch {code:5512}
ive been sent {code:90112} as my one time code
pin is {pin:0000} i never changed it
the pin for my card = {pin:5521}
pin:{pin:90210}
pin number's {pin:1 9 4 8}
my pin is one {pin:4471} wait is that ok
rhif pin {pin:3344}
my phone unlock code is {code:258036}
pass word {password:Daisy!77}
login bob pw: {password:hunter2}
my pass is {password:leeds1992}
password - {password:Grandad_Joe}
PASSWORD IS {password:CHELSEA1905}
its saying wrong password but i put {password:Mabel2011}
pwd {password:xy7-Kq22}
the password for my email is {password:snowdrop}
cyfrinair: {password:draig-goch-7}
you log in with {email:pat@example.com} and {password:Bingo88} is the password
mail {email:j.o'brien@example.ie}
my addy is {email:grandma.sue+uc@example.net}
{email:pete @ example . com}
{email:pete[at]example[dot]com}
its {email:info＠example．com}
cyfeiriad ebost {email:gwen99@example.cymru}
here is my mobile {phone:07700 900 555}
{phone:07700.900.222}
landline {phone:01632960777}
{phone:+44 (0) 7700 900 333}
nan is on {phone:0044 1632 960 888}
my fone numbr {phone:0770 0900 444}
you can get me {phone:028 9649 6123} belfast
{phone:7700900123} without the nought
whatsapp me {phone:+1 202 555 0143}
fy rhif ffôn {phone:07700 900678}
sec code on back {code:912}
cvc is {code:004}
the letter says ref {number:AB12345678}
universal credit journal no {number:0012345678}
order {number:204-1187655-2200314}
council tax acc {number:6001 2345 67}
parking fine {number:PN 20488817}
blue badge {number:GB1234567}
tv licence {number:3012345678}
IMG_{phone:07700900123}.png
i am ann card {card:4111 1111 1111 1111} pin {pin:4821} sort {account:20-00-00}
my meter reads {number:0045821}
its {number:12 34 56 78} on the bill
grandson's number {phone:07700 900321} and his email {email:kai@example.com}
"""

HELD_OUT_HARMLESS = """
dob 3/4/55
03 04 1955
4th march 1955
my wedding was 14.6.1975
i applied 1/11/26 and again 15/11/26
01/04/2026 to 31/03/2027
half past 10
from 9 til 5
9.00am - 5.30pm
14:05:33
the 73 and the 390
number 7 bus
route X26
step 4
card 3 of 5 lesson 2
answer 2 and 4
2, 3, 5
1,2,3
i picked b then c then a
a b c d
i got 9 out of 10 and 8 out of 10
forwarded to 7726 as you said
dial 999 or 112
112
111 option 2
can i ring 101
119
text 85258
0800 11 11
116 123 samaritans is it free
1 1 6 1 2 3
ring citizens advice 0800 144 8848
universal credit 0800 328 5644
0345 6000 459
0808 800 5000 nspcc
3 quid
£9.99 a month
£1500
£12,000 a year
1.5 million
10 000 people
15 000 miles on the clock
50p
0.5%
1999
1945-1951
between 2001 and 2010
2025-26
the 1970s
EH1 1YZ
B33 8TH
post code is LL57 2DG
house number 1066
14b station rd
gov.uk
www.nhs.uk/conditions
https://www.gov.uk/guidance/living-in-france
how long should a password be
do not tell anyone your password
password was rejected
my password has expired what now
password help
password please
passwords are hard
the password is wrong
password is case sensitive
should i use the same password
i wrote the password in my book
pin or password
the pin is blocked
pin code
is a pin 4 numbers
code please
the code was wrong
the code is not here
the code is too old it says
send the code again
what code
a code came but i deleted it
is the sort code on my card
my account is locked
my bank account
national insurance is what
i lost my nhs letter
utr stands for what
my passport photo is too dark
driving licence renewal
email me
it says email address required
my email is full
what comes after the @
the @ thing
samsung a14
galaxy s21
windows 10 is old
ios 17.4
its 7 inches
size 16
6 eggs 2 pints
2+2=4
30 days
in 10 minutes
channel 105
chapter 5 verse 12
minus 5 outside
im 65 and he is 70
grandkids are 3 6 9 and 12
call them at 10
phone is dead
floor 2 room 14
3rd time now
7 out of 10
lots of people 1000 maybe
pins and needles
bar code
code of conduct
zip file
gwers 12
cod post CF10 1EP
beth yw'r cyfrinair
anghofiais fy nghyfrinair
dim cod eto
ok 12345
"""

"""What helpers write, with what asks for care in it marked. Written before any rule was.

A row is a message; in front of it the concerns (see `desk.caution.Concern`) that have to be found. The harmless rows
hold none. Two halves: the rules were made with TUNING in sight, HELD_OUT was only measured.
"""

from collections.abc import Iterator

TUNING = """
secret | What is your password?
secret | can you send me your PIN
secret | Tell me the code they texted you
secret | whats ur password love
secret | Please type your password here and I will check it
secret | Could you read out the code to me?
secret | give me the 6 digit code
secret | I need your passcode to help
secret | what code did they send you?
secret | Just tell me your one login password and I can do it for you
secret | Share your screen lock PIN with me
secret | beth yw eich cyfrinair?
secret | anfonwch y cod ataf i
secret | what did you choose as your password?
bank | What is your sort code and account number?
bank | send me your card number
bank | I need your bank details
bank | tell me the long number on your card
bank | what are the three numbers on the back?
bank | can you give me your account number please
bank | beth yw rhif eich cyfrif?
money | Please send me £20 for my time
money | can you lend me some money
money | You need to pay me 15 pounds first
money | buy a gift card and tell me the number
money | transfer the money to my account
money | send £5 to my paypal
phone | Ring me on 07700 900123
phone | my number is 07700900456 call any time
phone | I am on 01632 960 001
phone | whatsapp me +44 7700 900789
phone | text 0 7 7 0 0 9 0 0 1 2 3
email | email me at amir@example.com
email | send a photo to helper.amir (at) example.com
email | my email is bob at example dot org
link | look at https://gov.uk.evil.example/pip
link | www.evil-gov.uk has it
link | try http://bit.ly/3abc
link | https://www.gov.uk@evil.example/login
link | go to taxrefund-hmrc.com
link | add me https://t.me/amir
link | https://xn--gv-pka.uk/pip
link | http://192.0.2.7/form
link | wa.me/447700900123
link | see https://en.wikipedia.example/wiki/Phone
link | gov․uk-refund.com
link | https://gοv.uk/pip
link | www。evil。com
link | it is on facebook.com/groups/help
link | https://www.nhs.uk.com
secret,bank | what is your PIN and your card number
phone,email | 07700 900123 or amir@example.com
money,link | pay £10 at https://pay.example/amir
"""

TUNING_HARMLESS = """
Hello Ann, I am Amir. Shall we look at it together?
Never tell anyone your PIN.
Do not send me your password.
Please do not write your card number here.
Nobody from the bank will ever ask for your PIN
A helper never needs your password
You do not need to tell me the code
What can you see on the screen now?
Press the green button. What happens?
Type your password into the box on the page, not here.
The code comes by text. Put it in the box.
Did the code come?
Have you got a password already?
A PIN is a short secret number.
What is a password? It is a secret word.
Where does it ask for the sort code?
Your sort code is on your card. Do not tell me.
It costs £12.50 at the Post Office
It is free. You never pay for it.
The fee is £82.50 on GOV.UK
Do not pay anything. It is a scam.
Ring 999 now
You can ring Samaritans on 116 123
ring 111 and press 2
Childline is 0800 1111
forward it to 7726
Report Fraud is 0300 123 2040
The National Domestic Abuse Helpline is 0808 2000 247
ring your bank on 159
Universal Credit: 0800 328 5644
look at www.gov.uk/pip
https://www.gov.uk/check-state-pension
gov.uk/find-local-council
https://www.nhs.uk/conditions/
https://111.wales.nhs.uk/
https://www.mygov.scot/benefits
www.nidirect.gov.uk
https://www.citizensadvice.org.uk/benefits/
https://www.ceop.police.uk/Safety-Centre
forward the email to report@phishing.gov.uk
It was sent on 12/03/2026 at 10:30
lesson 3, card 2
well done. you did it.
I will be back at 5
You are number 3 in the queue
That is the right answer: B
Take your time
e.g. the red one
i.e. the top one
ok.Then press next
I do not know. I will ask Sara.
If they ask for money, stop.
Anyone who asks you for a code is not your friend
Change your password if you told somebody.
Peidiwch byth â dweud eich cyfrinair wrth neb
"""

HELD_OUT = """
secret | Whats the PIN you use
secret | let me have your password and i will log in for you
secret | Can I have the code?
secret | write the password in this chat
secret | text me the code when it comes
secret | what number did they text you? I need it
secret | which password did you put in
secret | please confirm your passcode
secret | could you share the verification code with me
secret | drop the otp here
secret | tell us your memorable word
secret | just give me your log in details
secret | dwedwch eich PIN wrtha i
bank | may i have the sort code
bank | please provide card details
bank | send a photo of your bank card
bank | whats the expiry date and cvv
bank | I will need your bank account number to sort this out
bank | type your card number here
money | it will be 10 pounds for the lesson
money | could you pay me back
money | i need you to send cash
money | get me an amazon voucher
money | can you transfer £50
money | donate £5 to us please
phone | You can reach me at 07700 900 555
phone | call me 020 7946 0018
phone | my mobile: 07700-900-321
phone | fy rhif i yw 07700 900678
phone | ring Sara 00447700900222
email | write to me: sara@example.net
email | sara.j@example.co.uk is mine
email | ask pete[at]example[dot]com
link | click here: https://hmrc.gov.uk-refund.example
link | download anydesk.com and tell me when it is open
link | https://docs.google.com/forms/abc
link | go on youtube.com/watch?v=abc
link | http://gov.uk.login.info
link | gov-uk.net
link | //evil.example/gov.uk
link | https://evil.example/www.gov.uk
link | https://www.gov.uk.evil.example:443/
link | tinyurl.com/abc123
link | https://GOV.UK.example
link | nhs.uk-login.com
link | https://user:pass@www.nhs.uk.evil.example
link | ftp://example.org/file
link | https://ｅｖｉｌ.example
link | https://www.gov.uk%2eevil.example/
link | http://nhs-uk.info/vaccine
secret,money | give me your pin and i will send the money
bank,link | put your card details in at https://shop.example
email,phone | sara@example.org, 07700 900999
"""

HELD_OUT_HARMLESS = """
Good morning Pat
I can see you are on card 3
Never share a code with anybody, not even me
Please never give your PIN to anyone
You should not tell me your password
don't send your bank details to anyone
I will never ask you for your password
There is no need to give me your card number
Who asked you for the code?
Did you give anyone your PIN?
Did you tell them your card number?
Your password needs 8 letters
Choose three random words for a password
Write your new password in your notebook at home
Enter the code on the website and press Continue
It asks for your PIN on the phone itself
If you forget the PIN, ask your bank
Is there a code in your messages?
What does the message say? Leave out the code.
The sort code has 6 numbers
bank details go in the last box
how much did they ask for?
Did you send them any money?
You can get your money back from the bank
It should be £0
A passport costs more than £90
call 101 for the police
112 works too
Power cut? Ring 105
NSPCC 0808 800 5000
The pension line is 0800 731 7898
ring 0300 200 3300 for HMRC
159 is a safe number
text SHOUT to 85258
Childline: 0800 1111 or childline.org.uk
https://www.gov.wales/live-fear-free
https://www.gov.scot/
www.parliament.uk
https://www.gov.uk/browse/benefits?x=1#top
HTTPS://WWW.GOV.UK/PIP
(https://www.gov.uk/vehicle-tax)
See https://www.gov.uk/pip.
https://www.met.police.uk/
nhs.uk
samaritans.org can help
https://www.ageuk.org.uk/information-advice/
www.nspcc.org.uk
the address ends in .gov.uk
paypa1.com in the picture is fake, it has a 1
That link is a scam. Do not press it.
On 3 March 2026 it changes
Press 1, then 2, then 3
From 9.30 to 17.00
Take a break. See you at 2.
You are doing well.I am here.
bye for now
Da iawn chi
Peidiwch ag anfon eich cod at neb
"""

ASKING = """
personal | What is your phone number?
personal | Where do you live, Ann?
personal | Can you give me your address and I will look it up
personal | tell me your date of birth
personal | whats your national insurance number
personal | when were you born
personal | send me your NI number please
personal | which street do you live on? and what number
personal | please type your postcode here for me
personal,bank | Give me your full name, home address and bank details
"""
"""Written when a phone number, an address, a date of birth and a National Insurance number came to be asked for, too:
before the rules for them."""

ASKING_HARMLESS = """
It will ask for your date of birth. Type it into the box.
Have your National Insurance number ready before you start.
Never give your address to somebody you do not know.
Your phone number goes in the second box.
What is the address of the website?
Where did you find the address? Is it in the email?
You do not need to tell me where you live.
Did it ask for your phone number?
Is the postcode box empty?
What does the page say about your date of birth?
"""


def samples(rows: str) -> Iterator[tuple[frozenset[str], str]]:
    """The concerns and the message of each row."""
    for row in filter(None, rows.splitlines()):
        found, is_marked, text = row.partition(" | ")
        yield (frozenset(found.split(",")), text) if is_marked else (frozenset(), row)

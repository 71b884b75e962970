"""What people ask, and where they should be led: written before any finder was tried on it.

A row: the question, and the ids of all lessons (or `word:` and a word) that would be a good answer, with commas between
them. They were written from what people bring to a library's help table, not from the lessons' own `asks`.
"""

PLAIN = """
my phone went dark and i dont know how to turn it back on | phone
the writing on my phone is too small for me to read | phone
how can i hear it ring it is so quiet | phone
i am at my sisters how do i get on her internet | wifi-data
why did i get charged for watching videos | wifi-data
can i use the internet when i am out of the house | wifi-data
i pressed something blue and now everything is different | web-links
how do i return to the page before | web-links
how can i tell who a website belongs to | web-address, real-gov-uk
what is the little lock at the top | web-address, word:padlock
how to look something up on google | search
the first results all say ad | search
how do i answer a message in my inbox | email
i keep getting rubbish mail from people i dont know | email, word:spam
how do i choose a password that i will not forget | strong-password
is it ok to write my passwords in a book | strong-password
how do i put whatsapp on my phone | apps-updates
it keeps telling me there is an update should i press it | apps-updates, word:update
how do i know i am on the proper government page | real-gov-uk, web-address
i paid a company to do it and it was not the government | real-gov-uk, passport, fishing-licence
i need to log in to the government thing | one-login
it says it sent me a number but nothing came | one-login, codes-passkeys
should i tell anybody the number they texted me | codes-passkeys, one-login
how do i show the government that i am me without a passport | prove-identity
it wants a photo of my face | prove-identity
where do i find the number they gave me after i sent the form | forms-references, word:reference number
i was half way and had to stop will it be lost | forms-references, page-says-no
the page threw me out because i was too slow | page-says-no
it has red letters and will not let me go on | page-says-no
i have lost my job and have no money | universal-credit
how do i write to my work coach | uc-journal
what do i have to do on my to do list for the jobcentre | uc-journal
where can i see vacancies near me | find-job
somebody offered me work if i pay first | find-job
when will i be old enough to retire and how much will i get | state-pension
i am a pensioner and do not have enough to live on | pension-credit, help-costs
money for people who are disabled | pip, blue-badge
i have been ill for a long time and cannot cope with the cost | pip, help-costs
i can not afford to heat my home | help-costs
is there a cheaper internet for people on benefits | help-costs, word:social tariff
pay the tax on my car | vehicle-tax
i sold my van do i need to tell anybody | vehicle-tax
my driving licence photo is ten years old | driving-licence
i am turning seventy can i still drive | driving-licence
my daughter wants to take her driving test | driving-test
i need a new passport for my holiday | passport
how do i show my boss that i am allowed to work here | evisa, word:share code
my residence card is no longer valid | evisa
parking closer because i can hardly walk | blue-badge
i live alone do i pay less council tax | council-tax
the bin men did not come | report-problem
there is a big hole in our street | report-problem
a street lamp does not work | report-problem
do i need to bring something to show who i am when i vote | register-vote
i moved and want to vote here | register-vote
make an appointment with my doctor on the phone | nhs-app
i need more of my tablets | repeat-prescription
will the river come into my house | flood-warnings
i want to go fishing with my grandson | fishing-licence
i have to pay money to the court and can not do it at once | pay-fine
i got a letter that i must sit on a jury | jury-service, word:summons
who can decide for my mother now that she forgets everything | power-of-attorney
i clean houses for cash do i have to tell the tax people | self-employed, self-assessment
i am director of a small firm and got a letter about proving who i am | companies-house
strangers can look at my pictures on facebook | privacy-settings
how do i make my account safer than a password alone | strong-sign-in, codes-passkeys
i got a text that my parcel is waiting and i must pay | scam-text
my son wrote from a new number and needs money | scam-text, marketplace-romance
i met a nice man on the internet and now he needs money for a flight | marketplace-romance
i want to buy a sofa from somebody on facebook is it safe | marketplace-romance
is this picture of the prime minister real | true-or-false
my granddaughter chats with people she does not know | children-online
somebody writes horrible things to me every day | unkind-messages
how can i stop a person from contacting me | unkind-messages, word:block
my ex is threatening to put a naked photo of me online | intimate-images, word:sextortion
someone else is sending messages from my facebook | hacked
where do i see how much tax i have paid | tax-account
what do the letters on my payslip mean | tax-code
i just had a baby is there money for that | child-benefit
do i have to fill in a tax return | self-assessment
i got an email that i am owed money from the taxman | refund-scams
could i go to prison for a tweet | think-before-you-post
can the shop sue me for what i wrote about them | libel-court
can i write on facebook about a case that is in court now | libel-court
may i put a song i like under my video | pictures-music
can they sack me because of what i put on facebook | work-elections
everybody is attacking our charity on twitter what now | storm-first-hour
what can go wrong when our club is on facebook | risk-register
the woman who ran our page has left and only she has the password | staff-accounts
we emailed the wrong list of names to somebody | data-foi
i volunteer at the library how do i help without grabbing the mouse | help-not-take-over
a person i help told me that she wants to end her life | privacy-safeguarding
as a helper may i tell somebody which benefit to choose | when-to-pass-on
what is the box that makes the internet at home | word:router, wifi-data
the app you look at websites with | word:browser
"""

MISSPELT = """
wifi pasword dont work | wifi-data
hw do i get on th intenet | wifi-data
fone screen blak | phone
tap lnik go bak | web-links
is this webiste fake | web-address, real-gov-uk
serching on gogle | search
snd an emal | email
forgoten my pasword | strong-password
dowload aps safley | apps-updates
goverment gatway login | one-login, tax-account, word:government gateway
securty code not comeing | one-login, codes-passkeys
proov my identiy | prove-identity
univeral creddit claming | universal-credit
jurnel message work coch | uc-journal
serch for jobs onlin | find-job
penshun forcast | state-pension
pensoin credt | pension-credit
pip aplication | pip
cant aford gas and electrik | help-costs
car taxs | vehicle-tax
drivin lisence renewel | driving-licence
book thoery test | driving-test
renue pasport | passport
e-viza | evisa
disabeld parking bage | blue-badge
counsil tacks | council-tax
poth ole on road | report-problem
regster to vot | register-vote
docter apointment ap | nhs-app
repeet perscripton | repeat-prescription
flod allert | flood-warnings
fising lisense | fishing-licence
pay cort fine | pay-fine
jurey servise letter | jury-service
powr of aturney | power-of-attorney
self employd regester | self-employed
facebok privasy | privacy-settings
scamm txt from bank | scam-text, refund-scams
my acount has been hakced | hacked
childs benifit form | child-benefit
tax cod wrong | tax-code
copywright on photos | pictures-music
"""

OTHER_LANGUAGES = """
sut ydw i'n adnewyddu fy mhasbort | passport
sut mae talu treth y cyngor | council-tax
rwyf eisiau cofrestru i bleidleisio | register-vote
dwi wedi cael neges destun amheus | scam-text
jak przedłużyć paszport | passport
straciłem pracę i potrzebuję zasiłku | universal-credit
ktoś włamał się na moje konto | hacked
jak zapłacić podatek od samochodu | vehicle-tax
كيف أجدد جواز سفري | passport
كيف أطلب الدواء من الصيدلية | repeat-prescription
وصلتني رسالة مشبوهة من البنك | scam-text
كيف أنشئ كلمة مرور قوية | strong-password
як подати заявку на допомогу на дитину | child-benefit
як підтвердити своє право на роботу | evisa
мій обліковий запис зламали | hacked
як знайти роботу в інтернеті | find-job
میں اپنا پاس ورڈ بھول گیا ہوں | strong-password
کونسل ٹیکس کیسے ادا کروں | council-tax
cum îmi reînnoiesc permisul de conducere | driving-licence
mi-am pierdut locul de muncă și nu am bani | universal-credit
cum mă înregistrez la vot | register-vote
soy autónomo cómo me registro | self-employed
comment payer une amende du tribunal | pay-fine
wie bekomme ich einen Termin beim Arzt | nhs-app
"""

OFF_TOPIC = """
what is the weather tomorrow
do you have a recipe for banana bread
who won the football last night
tell me a joke
how tall is the queen
i like cats
when does the bus leave
my knee hurts when it rains
what is the capital of france
can you sing
how do i knit a scarf
are you a real human being
the soup was cold
play some music from abba
how many legs has a spider
my neighbour has a loud dog
good film for tonight
how do i get wine out of a carpet
i had toast this morning
blah blah blah
qwertyuiop
is there life on mars
translate horse into french
what time is it in tokyo
"""

"""How often the words of the news stand in headlines, until there is a history of our own.

Words of politics: in what share of 537 stories of May 2026 they stand, those alone that five of eight weeks had, and no
names (labour_stream). All others: half their share of 3,102 headlines of all sorts of news, of 2020 (the English pairs
of SemEval-2022 task 8, by the words of their addresses) and of the BBC’s most read of February 2024, from five on.
"""

from collections.abc import Mapping

_IN_10_000 = """
abuse=11 accident=10 according=10 accused=13 acquire=8 across=11 act=112 action=10 actor=11 africa=8 african=15
age=10 agency=15 aid=13 aide=10 air=8 airline=8 al=8 alabama=8 alex=8 alleged=10 allow=8 ally=391 almost=10
amazon=11 america=35 american=34 among=15 analysis=11 animal=11 announce=18 annual=10 another=24 anti=63
apartment=15 app=11 apple=10 approve=8 area=19 arm=11 armed=16 army=13 around=23 arrest=24 arrested=60 arrive=8
arsenal=8 art=11 article=15 aside=130 ask=19 assault=13 assembly=10 asset=10 attack=168 austin=10 australia=31
australian=32 authority=11 aviation=8 avoid=11 award=11 away=21 baby=50 bad=8 baghdad=15 ban=21 bank=31 bar=21
barcelona=8 battle=317 beach=11 bear=11 beat=168 become=149 begin=34 behind=11 benefit=8 bernie=27 best=52
better=112 bid=335 biden=27 big=31 biggest=21 bill=19 billion=11 bird=8 bjp=21 black=16 block=15 blood=10 blue=11
board=8 body=18 bollywood=8 bond=112 border=18 born=13 borrowing=112 boss=11 bowl=34 boy=26 boyfriend=10 break=11
breast=10 brewery=11 brexit=261 bring=32 britain=577 brother=8 brown=16 budget=13 buhari=13 building=10 bullet=8
bushfire=31 business=34 businesse=11 byelection=782 caa=39 cabinet=317 california=35 call=447 camp=15 campaign=186
canadian=10 cancer=16 candidate=317 cant=10 cape=8 car=47 care=21 carlo=8 carolina=11 cartoon=112 case=40 cash=8
casino=13 cause=8 cds=8 celebrate=32 celebration=27 central=16 centre=10 ceo=8 challenge=447 chancellor=130
change=317 channel=10 chao=149 charge=23 charged=19 chase=8 check=8 chelsea=8 chennai=10 chicago=15 chicken=11
chief=112 child=15 children=24 china=56 chinese=10 christian=16 christma=32 church=11 citizen=13 citizenship=13
city=63 civil=13 claim=168 cleveland=8 climate=23 close=16 closed=8 club=10 cm=11 co=8 coach=11 coal=11 coalition=10
cold=16 collection=8 college=11 come=19 coming=11 comment=8 commerce=8 commissioner=8 community=21 company=18
complete=8 concern=8 condition=21 conference=8 confirmed=10 conflict=8 congress=13 conservative=16 contest=372
continue=34 cop=21 coronavirus=93 corp=8 corporate=11 cost=223 council=15 country=32 county=47 couple=10 court=27
covid=40 crash=48 crime=29 criminal=8 crisis=335 critic=8 crown=10 cuba=11 cup=11 cut=112 data=15 date=13
daughter=23 david=16 day=123 de=10 dead=79 deadline=8 deadly=11 deal=130 death=47 debt=8 dec=10 decade=74
december=16 decision=112 declare=11 decline=11 defence=168 defend=10 defense=10 degree=8 delhi=44 demand=19
democrat=31 democratic=13 deputy=11 despite=112 detroit=34 development=8 die=48 died=11 digital=13 disaster=8
dispute=8 district=8 doctor=10 doe=112 doesnt=93 dog=10 dont=19 double=10 downtown=10 dozen=8 drawn=11 dream=8
drive=13 driver=26 driving=10 drop=24 drug=26 dry=8 due=19 eagle=11 early=10 east=27 ecommerce=8 economic=13
economy=27 editor=13 editorial=11 edmonton=8 effect=11 effective=8 effort=10 egberto=8 eight=10 election=466
embassy=35 emergency=24 emotional=8 employee=16 end=52 energy=8 england=10 ensure=8 enter=11 epidemic=8 essential=10
eu=354 europe=13 evacuation=8 eve=74 event=10 ex=205 exchange=13 expand=8 expect=18 expected=130 extend=10 eye=130
face=428 facebook=10 fact=11 fail=8 fake=8 fall=23 family=63 fan=13 far=10 fast=11 fatal=13 father=16 fear=19
federal=18 feel=8 field=10 fight=317 fighter=8 file=186 film=15 final=11 financial=29 find=24 fine=11 fire=77
fired=15 firefighter=13 firework=19 firm=8 five=32 float=8 flood=13 flooding=13 florida=15 follow=8 following=15
food=34 football=19 force=27 forced=8 forecast=37 foreign=10 former=168 forward=10 found=31 four=168 francis=18
free=34 freedom=8 friend=10 fuel=10 full=130 fund=15 funding=8 future=261 gain=8 game=47 gaming=19 gas=27 gaza=10
gen=8 general=149 george=11 georgia=15 german=10 ghosn=10 gift=23 girl=19 giuliani=10 give=149 giving=10 global=39
goal=15 gobind=8 god=8 goe=13 gold=8 good=149 google=11 gop=15 gov=16 government=559 governor=16 govt=32 grand=10
great=18 green=261 group=29 grow=8 growing=10 growth=32 guide=8 gun=8 guru=8 halifax=13 hand=26 happened=130
happy=19 harry=18 hate=8 haught=10 head=15 health=168 healthy=10 heart=11 heavy=10 held=24 help=112 high=39
highlight=8 hill=11 himself=11 history=24 hit=149 hold=19 holiday=8 home=87 homeless=10 homicide=10 hong=19
honour=10 hook=10 hope=168 hospital=40 host=15 hot=8 hotel=18 hour=11 house=40 housing=10 hundred=10 ice=10 id=8
idea=8 identified=8 identify=8 illegal=11 illinois=15 impact=8 impeachment=39 improve=10 inc=10 incident=10
increase=10 india=68 indian=19 indonesia=8 industry=21 injured=37 injury=11 inside=11 instagram=8 interest=8
international=11 internet=8 interview=8 investigate=11 investigating=15 investigation=11 iran=35 iraq=27 ireland=24
irish=8 island=19 israel=32 israeli=8 isro=10 issue=19 jackson=8 jamaican=8 jame=13 jan=32 january=39 japan=13
jew=24 jewish=39 job=186 joe=11 john=16 johnson=8 join=16 jone=15 jong=11 judge=21 justice=11 kansa=10 keep=168
kerala=15 kevin=10 key=335 khan=16 kick=11 kid=10 kill=13 killed=55 killer=8 killing=19 kim=23 kindergarten=16
king=16 kong=19 korea=23 la=11 labour=2644 lago=8 lake=21 land=11 lanka=8 las=8 launch=10 launche=26 law=66
lawmaker=10 lawsuit=8 lead=168 leader=298 leadership=1341 leading=10 league=19 least=8 leave=15 left=186 legal=19
letter=242 level=10 life=26 lift=8 light=10 line=8 link=8 lion=23 list=40 liverpool=13 local=37 london=10 long=21
longer=11 look=45 looking=18 lose=19 loss=8 lost=13 love=15 low=10 macau=8 maine=15 major=15 man=163 manchester=10
march=15 mark=21 market=130 marvel=10 mass=21 massive=8 matter=10 mayor=19 mean=8 measure=8 media=19 medical=8
meet=16 meeting=8 meghan=11 member=13 memorial=8 men=21 message=27 met=10 metro=11 mexico=11 michigan=21 middle=15
migrant=11 military=23 million=31 minimum=8 minister=1862 minneapolis=18 missing=34 mission=13 modern=8 moment=16
money=21 month=18 moon=8 morning=8 mother=15 move=29 mp=600 mps=600 mum=10 mumbai=10 murder=35 museum=13 music=8
nation=19 national=112 navalny=10 nba=13 nc=8 nearly=11 need=242 netflix=10 never=11 nfl=18 nigeria=10 nigerian=16
night=15 nine=13 non=11 north=50 northern=27 nuclear=13 number=26 nye=11 offer=13 office=21 officer=39 official=34
oil=13 old=32 online=27 open=42 opinion=8 opportunity=10 option=10 orange=13 order=31 outbreak=10 pa=8 pak=10
pakistan=18 palestinian=16 pandemic=10 parade=29 parent=8 park=23 parliament=168 part=21 partner=8 party=447 past=13
path=112 patient=8 paul=18 pay=34 peace=13 people=223 percent=13 person=10 petition=8 philadelphia=8 phoenix=15
photo=45 pic=10 pick=15 picture=13 place=29 plan=428 plane=10 planning=11 plant=11 plastic=13 play=11 player=18
playoff=13 pledge=130 pm=600 point=16 police=153 policy=11 politic=503 political=279 poll=186 pond=8 pope=34
population=8 positive=15 post=31 pot=8 potential=8 power=317 prayer=8 prediction=11 premier=15 premium=8 prepare=8
president=52 press=15 pressure=112 preview=15 price=27 prime=689 prince=18 princess=10 prison=11 prisoner=8 prize=8
pro=10 probe=8 problem=10 professor=8 profit=8 program=24 project=8 property=10 protecting=8 protest=44 protester=13
public=130 pull=10 punjab=10 qatar=24 quarter=8 quebec=10 question=149 quiet=13 quit=223 race=372 racing=8 rafah=13
raid=13 rain=19 raise=10 raised=8 rally=13 rate=16 reach=10 ready=13 real=13 reason=10 record=31 recovering=8 red=10
reform=689 refugee=10 regional=10 registration=8 release=31 released=11 remain=112 replace=223 report=64
republican=19 rescue=8 research=15 reserve=11 resident=19 resign=279 resolution=47 respond=8 response=11
restaurant=13 result=13 resume=8 return=205 reveal=168 revenue=19 review=39 revolution=8 right=168 ring=24 rise=149
risk=223 rival=298 river=10 road=32 robbery=19 robert=13 rock=11 role=168 roll=10 rose=26 round=10 row=168 royal=10
rs=18 rule=8 run=223 rural=8 russia=18 russian=8 safety=11 salary=8 sale=27 san=13 sander=27 sandwich=10 sandy=8
saudi=11 save=10 sc=8 scene=8 schedule=8 school=29 sea=19 search=15 season=26 seat=10 second=16 secretary=149
sector=13 secure=8 security=23 see=24 seek=16 self=19 semitic=16 semitism=10 senate=19 senator=13 send=15 senior=8
serious=10 service=29 sery=11 seven=8 sex=19 share=52 sharing=8 she=15 ship=8 shooting=68 shot=42 show=205 shower=8
sick=8 side=10 sign=23 singer=10 singh=13 single=8 six=18 size=18 slam=11 slap=8 slapping=8 slow=8 slowdown=8
snow=11 social=11 society=8 soldier=15 solution=10 solve=8 son=24 sorry=8 south=48 southern=11 space=11 spain=8
speak=8 special=8 sri=8 st=18 stabbing=18 staff=13 stand=186 star=32 start=35 starting=8 state=85 station=10
status=8 stay=10 stock=35 stop=130 store=16 storm=11 story=44 strategy=10 stream=13 street=24 strike=19 struggle=8
student=29 study=10 success=10 successful=10 summer=8 super=26 supply=8 support=27 survey=10 suspect=31 system=18
tackle=8 taiwan=10 taking=8 talk=168 talking=10 target=15 tax=242 team=23 tear=13 tech=10 technology=11 teen=11
teenager=10 tell=242 temperature=10 ten=13 term=13 test=16 testing=8 texa=13 thailand=16 thing=40 think=130 third=11
thousand=13 threat=23 threaten=11 thursday=13 time=242 tip=15 toddler=8 top=186 tory=223 tourism=11 town=23 trade=24
tradition=11 traffic=13 trailer=23 train=15 transfer=8 transparency=8 travel=11 tree=15 trend=23 trial=32 trillion=8
trip=8 triple=8 troop=26 truck=8 trump=179 try=8 trying=8 turkey=11 turn=18 tv=18 tweet=8 uk=1993 ukraine=10 un=21
union=10 unit=10 united=18 university=8 update=35 urge=186 use=11 using=8 valley=8 vehicle=11 veteran=10 victim=21
victoria=15 video=53 vietnam=10 view=112 village=8 violence=18 visit=112 voice=8 vote=186 voter=168 vow=205 vs=24
wage=8 walk=10 war=130 warn=410 water=18 wave=18 way=27 weather=27 wednesday=11 weekend=10 welcome=34 welfare=130
well=10 west=19 westminster=242 white=15 wife=16 wildcard=8 william=16 willy=8 win=317 wind=10 winning=19 winter=18
woman=90 women=44 wont=130 word=8 work=16 worker=19 working=10 world=50 worst=11 worth=15 wounded=11 wrong=8 york=18
young=15 youth=13 youtube=8 zealand=11 zone=8 zoo=13
"""

SHARE: Mapping[str, float] = {
    word: int(count) / 10_000 for word, _, count in (pair.partition("=") for pair in _IN_10_000.split())
}
"""In what share of headlines a word (folded) stands."""

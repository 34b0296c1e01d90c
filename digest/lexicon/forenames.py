"""First names that many people in Britain bear, in lower case.

Common names of a century of births (ons.gov.uk, Baby names in England and Wales: 1904 to 2024), and short forms
of them. Left out are those that open headlines as other words: Will, Mark, Grant, Rose, Grace, Hope, Faith, Joy,
May, June, April, Frank, Jack, Bill, Rob, Pat, Guy, Max, Dean, Drew, Victor, Christian, Rich, Miles, Sue, Art, Robin.
"""

FORENAMES = frozenset(
    "aaron abigail adam adrian aidan alan albert alex alexander alexandra alfie alfred alice alison allan amanda"
    " amber amelia amy andrea andrew andy angela anita ann anna anne annie anthony antonia archie arthur ashley"
    " audrey ava barbara barry beatrice becky ben benjamin bernard beth bethany betty bev beverley bob bobby brad"
    " bradley brenda brian bridget bruce bryan callum cameron carl carla carol caroline carolyn catherine cathy"
    " cecil charles charlie charlotte chelsea cherie chloe chris christine christopher claire clare clive colin"
    " connor craig cyril daisy damian damien dan daniel danielle danny daphne darren dave david dawn debbie"
    " deborah debra denis denise dennis derek diana diane dominic don donald donna doreen doris dorothy dot doug"
    " douglas dylan eddie edith edward edwin eileen elaine eleanor elizabeth ella ellen ellie elsie emily emma"
    " eric erin ernest ethan ethel evelyn fiona florence frances francis fred freddie frederick gail gareth garry"
    " gary gavin geoff geoffrey george georgia georgina gerald gerard gill gillian gladys glen glenn gloria gordon"
    " graeme graham greg gregory gwen hannah harold harriet harrison harry hayley hazel heather heidi helen henry"
    " herbert hilda holly howard hugh hugo iain ian irene iris isaac isabella isabelle isla ivan ivy jacob"
    " jacqueline jade jake james jamie jan jane janet janice jasmine jason jayne jean jeff jeffrey jennifer jenny"
    " jeremy jess jessica jill jim jimmy jo joan joanna joanne jodie joe joel john johnny jon jonathan jordan"
    " joseph josh joshua joyce jude judith judy julia julian julie justin karen kate katherine kathleen kathryn"
    " kathy katie kay keith kelly ken kenneth kerry kevin kim kimberley kirsty kyle lara laura lauren laurence"
    " lawrence leah leanne lee leo leon leonard lesley leslie lewis liam lily linda lindsay lindsey lionel lisa"
    " liz logan lorna lorraine louis louise luca lucas lucy luke lynda lynn lynne malcolm mandy marcus margaret"
    " maria marian marie marilyn marion marjorie martha martin martyn mary mason matt matthew maureen maurice"
    " megan mel melanie melissa mia michael michelle mick mike mildred millie mohammed molly muhammad muriel naomi"
    " natalie natasha nathan neil nicholas nick nicola nicole nigel noah nora norman olive oliver olivia oscar"
    " owen paddy pam pamela patricia patrick paul paula pauline penny pete peter phil philip phillip phoebe"
    " phyllis polly poppy rachael rachel ralph ray raymond rebecca reginald rhys richard ricky robert roger roland"
    " ron ronald ronnie rory rosemary rosie ross roy russell ruth ryan sally sam samantha samuel sandra sara sarah"
    " scott sean sebastian shane shannon sharon sheila shirley sian sidney simon sophia sophie stacey stan stanley"
    " stella stephanie stephen steve steven stewart stuart susan suzanne sydney sylvia tara ted terence teresa"
    " terry thelma theo theresa thomas tim timothy tina toby tom tommy tony tracey tracy trevor valerie vera"
    " vernon veronica vic vicky victoria vincent violet vivien walter wayne wendy wilfred william winifred yvonne"
    " zac zachary zara zoe".split()
)

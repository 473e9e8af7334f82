namespace GuardedZephyr.Policies;

/// <summary>
/// Given names that many people bear, as support where structure alone does not tell. Names that are as often a word or a place of
/// their own (May, Will, Austin, Paris) are left out.
/// </summary>
internal static class GivenNames
{
    public static readonly WordSet Common = new(
        // English
        "aaron abby abigail adam adrian aiden al alan albert alec alex alexander alexandra alexis alfred alice alicia alison allen allison alyssa amanda amber amy andrea andrew andy",
        "angela angie ann anna anne annie anthony archie ariana arnold arthur ashley audrey barbara barry beatrice becky belinda ben benjamin bernard beth bethany betty beverly bill",
        "billy blake bob bobby bonnie brad bradley brandon brenda brent brett brian bridget brittany bruce bryan caleb calvin cameron carl carla carol caroline carolyn carrie",
        "cassandra catherine cathy chad charles charlie cheryl chris christina christine christopher cindy claire clara clarence clark clayton clifford colin connor constance",
        "corey courtney craig crystal curtis cynthia dale dan daniel danielle danny darren dave david dawn dean deb debbie deborah debra dennis derek diana diane dominic",
        "don donald donna doris dorothy doug douglas duncan dustin dylan earl ed eddie edgar edith edward edwin eileen elaine eleanor elijah elizabeth ella ellen emily emma eric erica erin",
        "ernest ethan ethel eugene eva evan evelyn florence floyd frances francis frank franklin fred freddie frederick gabriel gabrielle gail gareth gary gavin geoffrey george",
        "gerald gilbert gina gladys glen glenn gloria gordon grace graham greg gregory gwen hannah harold harriet harry harvey hazel heather heidi helen henry herbert holly howard",
        "hugh ian irene isaac isabella isabelle jack jackie jackson jacob jacqueline jake james jamie jane janet janice jared jasmine jason jay jean jeff jeffrey jenna",
        "jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joanne jodie joe joel john johnny jon jonathan joseph josephine josh joshua joyce juan judith judy",
        "julia julian julie justin karen kate katherine kathleen kathryn kathy katie kayla keith kelly ken kenneth kerry kevin kim kimberly kirk kristen kristin kurt kyle larry",
        "laura lauren laurie lawrence leah lee leo leon leonard leslie lewis liam lillian lily linda lindsay lindsey lisa lloyd logan lois lori louis louise lucas lucy luke lydia lynn mabel",
        "madison maggie malcolm marcus margaret maria marie marilyn marion marjorie mark marshall martha martin marvin mary mason matt matthew maureen maurice max megan melanie",
        "melissa melvin meredith mia michael michelle miguel mike mildred mitchell molly monica morgan nancy naomi natalie natasha nathan nathaniel neil nicholas nick nicole nigel noah nora",
        "norma norman oliver olivia oscar owen pam pamela patricia patrick paul paula pauline peggy penelope peter phil philip phillip phyllis rachel ralph ramona randall randy raymond",
        "rebecca regina rhonda richard rick ricky rita rob robert roberta robin rodney roger roland ron ronald rosemary ross roy russell ruth ryan sabrina sally sam samantha",
        "samuel sandra sara sarah scott sean sebastian seth shane shannon sharon shaun shawn sheila sherry shirley sidney simon sophia sophie stacy stanley stella stephanie stephen steve steven stevie",
        "stu stuart sue susan suzanne sylvia tamara tanya tara ted teresa terry thelma theodore theresa thomas tiffany tim timothy tina todd tom tommy tony tracy travis trevor tristan tyler",
        "valerie vanessa vera vernon veronica vicki victor vincent vivian wallace walter wanda warren wayne wendy wesley william winifred yvonne zachary zoe",
        // other European
        "agnieszka aleksandra alessandro alessia andreas angelo anja anke antoine antonio anton aurelie bart bartosz beatriz bjorn björn bruno carlos carmen cecilia celine céline",
        "chiara claudia claudio cristina diego dieter dirk dmitri dmitry elena emmanuel enrique erik esther eva fabio federico felipe fernando filip francesca francesco franco franz",
        "françois gabriela giorgio giovanni giulia giuseppe goran gunther günther guillaume gustav hans heinrich helena helga hélène henk henri henrik hugo igor ingrid irina isabel ivan",
        "jacques jan javier jeroen johan johann johannes jorge jose josé juergen julien jürgen karin karl katarzyna katja klaus krzysztof laurent lars lorenzo luca lucia luigi luis magdalena",
        "manuel manuela marc marcel marco marek margarita mario marta martina mateo matteo matthias mauro mikhail mikael miroslav natalia nicolas nikolai niklas niels nina olaf olga pablo paolo",
        "pascal patrizia pavel pedro petra philippe pierre piotr rafael raul renate roberto rosa sabine salvatore sandro sergei sergio silvia sofia sofie stefan stefano stephane stéphane susanne sven",
        "svetlana tatiana thierry thomasz tomasz tobias torsten ulrich ursula uwe valentina vittorio vladimir werner wilhelm wolfgang xavier yves zofia",
        // Asian, African, Arabic, Hebrew
        "aisha akira ahmad ahmed ali amir amit amina anil anita arjun arun ayesha chen deepak divya fatima hamza haruto hassan hiroshi hussein ibrahim jamal kavita kenji khalid kiran krishna",
        "kumar lakshmi layla leila mahmoud manish meera mei ming mohamed mohammad mohammed muhammad mustafa neha nguyen nikhil noor omar pooja prakash priya rahul raj rajesh rakesh ravi rohan",
        "sakura sanjay sana sandeep satoshi shanti sunil sunita suresh takashi tariq vijay vikram wei xiao yasmin yuki yusuf zainab abiola adebayo chidi chinedu kofi kwame ngozi olu oluwaseun",
        "thabo tunde zanele abraham avi david eitan moshe noam rivka shlomo yael ada");
}

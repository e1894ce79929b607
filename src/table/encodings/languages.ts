import type { Encoding } from "../tableTypes.ts";

/** A language that is written in letters beyond ASCII. All letters are small ones. */
export interface Language {
  /** Its letters beyond ASCII. */
  readonly letters: ReadonlySet<string>;
  /** The places of pairs of letters, one of them beyond ASCII, the most frequent pair first. */
  readonly pairs: ReadonlyMap<string, number>;
}

/**
 * @param letters the letters beyond ASCII
 * @param pairs frequent pairs of letters one after the other; a space is the beginning or the end of a word. They are
 * counted in the names of languages, countries, currencies and units in Unicode's CLDR.
 */
function language(letters: string, pairs: string): Language {
  const places = new Map<string, number>();
  for (let at = 0; at < pairs.length; at += 2) places.set(pairs.slice(at, at + 2), at / 2);
  return { letters: new Set(letters), pairs: places };
}

const western: readonly Language[] = [
  // German
  language(
    "äöüß",
    "füürüb ürüücügöslöänläüsmüönköäsülgüögßemöälüthädüeßtühögärä ä öäröfägwäüfrönöößühöttäörätlüsümäöhöc" +
      "üdhüäcß ähußnüsäßlfäzönäoßäßpüwüßiädzäünäfiääiäqbüdäiüjütöäuwöämükbäeäeöföißkäküpäßrßtßuöeöiölöpüp",
  ),
  // French
  language(
    "àâæçéèêëîïôùûüœ",
    "é  édétérééréeécléémétêt êà  àésélsévééfiépéètnémémèféèréggééncésèèdièéprôédôlaîèsuéhèmêêmîncèèqdèèl" +
      "tèaïôt îhéîlîtévlètônœéoœuxéébéqtêéuçajàrèéaéjnçï bécôïteçnèzéènééçoaçfèoùèmù wéçueïuïïdaékéoûpêuèvè" +
      "yéègêcïnômûtcêrîsûuëècéiékéwë î îcïcïeïlïmïqïwûraëdôhôiêoéoïpürêuêyèè èvèzézëlïbïgônüknîîîîmîooîtûûl" +
      "lû ïïvïoïêvôtââttœuœœcoç",
  ),
  // Spanish
  language(
    "áéíñóúü",
    "ónióódtámóráámá lííaí méánétmáálésváícínúnó ríuíróátásdípúcíúb í úéncógú áágnéé óldóláñopádéréáuíotí" +
      "níérúseñaísíímíztóuétélóárítúlañbúnáhémúnúiéácnóábsáñavéúmúrcéléáfáxígómdáfásótúífísú güyúáiélíróvgí" +
      "húiárúvíyáécíqórósótüe ébóeífígókákémíséuñuóádéiíd ñaéaúbébíiñjúlúoépépípópüuávówáwéwóyózázóáaáhéaég" +
      "éqéxíbíeílívñeñióbógópúaúeüküíoñéññññunñ",
  ),
  // Portuguese
  language(
    "àáâãçéêíóôõú",
    "ãonãçãaçé  éívõeá tásíçõsãódnçmóâmrâávó váálênáriçrãsópçméíduçcêrêínê níçaéteçuíiáórêslálítóânráeúúd" +
      "íc úágpáúntãtíát àtéà iãpôsõôdaí ípúúbélémcánósáhácédêáurótêószáérmáêmcótâóldónêã úl ámâésótrçzãítço" +
      "uêábnémúnânúmíáxímírjápórínátõvíígônbécílêmêréúmiõópóvfámãvéécífúsrõséuáédísóxdádíiâlâlôpõáségbídôiú" +
      "lãácíbômbábódãgígóhélélúnôoçpérúvêêiílíphããiãeeõõçãâiééfêppêêggêãm",
  ),
  // Italian
  language(
    "àèéìòù",
    "è  èà ò uòtàé héù iùràiàdìì ménènéròrùélétàùùllùùffùùììnnììssììllììttììrrììètùùssùùddùùmmùùnnùùbbùùg" +
      "gùùppùùrùccùùzzùùvvììbbììmmììggììppììccììffììòòddòòccòòllòéé",
  ),
  // Dutch
  language("ëïéèöü", "iëë aïïtaëröëlërïeïsöeeëhékömépüréuïé éléuëmïaïnölükoïïïëooëëiëë ïnïïvoö"),
  // Swedish
  language(
    "åäöé",
    "änöalääsörväråönlöåk öé ögföhömäröär ålåmånöräsöätågösköréuöålånårdöfähékétö äaöeäeöhåjäkäkåmésäå åd" + "éléuöiöl",
  ),
  // Danish
  language(
    "æøåé",
    "ærå væørpåræmåbøæntøøeføækæsgækæ élæétævøtøl ølåsøårøjhølømæådøs ågønørøåsøndæåeælødøvfætåånæi ædøhæ" +
      "héjæjønåråuøålé énbåeøkømépærésååkåvædætéléuøiømmøøbøøø økæhæaaå",
  ),
  // Norwegian
  language(
    "æøåéòô",
    "øysøørrå øåkløøshørøøn ådømånøføkøvæånåræræsødøgfæjøréuøådålé gæhéiømérætøæléléuøløjømmøøbbøøøø yøøk" + "øvæk",
  ),
  // Finnish
  language(
    "äöåšž",
    "ä lätšdžiääišiänžinäžašeaššajäsätääj šäkäsšupäväääišköärfämätöätönšošteäkšmåmšröušäfälämävålö ökölöä" +
      "š škšmšnž žp",
  ),
  // Icelandic
  language(
    "áéíóúýðþæö",
    "ísríí íaó ínsírúnílííltíaíðuúnúrkúíkkíbígídímíónkóróiðlóuðítólómósvítúúsbúsútóú úa úgóíbír íbæætdójó" +
      "lúígór ájúmánúpísóð rðvæóvúkúlútænðiúgúpbógúmónóá áróbúmráálótönúbhípúáðíeídívúdúv þdúlánýpóröásðaýs" +
      " óaófíháræágæðímðvóaógþýaðeójísæíuókýrfðmúsývöánípópökömúeaúeþhöjálýmörésásététöæjærékéríóðeðjódöfýj" +
      "þrþíeífæfófúhónátáxíyðzáádáeáíáþæ æsðbðhðsððþþíþþóóþþiiþþuuþýýsðeððææbjæjö",
  ),
  // Catalan
  language(
    "àçèéíïòóúü",
    "à èsiànèdòòlí tààràndèlíó lè àlàrítíeàcèuímàuàuèçaímònòrú gàjànírúèrílínísbàcàlòrèús ídàdíiónçoàtèvè" +
      "xíàlàmàsòmaïgègògümèrçsísózààbç è èlèné íbíqírívòtaèbèbòeçeòiòlómémóoçpípúràsàsòtòtóvàxèàfàtàvècíaíg" +
      "ítïnïsòpòsúbüeaçaúbúcòcódúfèfògígúhàhéhíiükúmímòmúnànòoèpòpópüsèsútúuéuïvòwòxéxúyàyèyúàcàhàiàkàqàuço" +
      "çuèqètèxéléqídífíoípórúiúlúmúnükülüíiè",
  ),
];

const central: readonly Language[] = [
  // Polish
  language(
    "ąćęłńóśźż",
    "ć ą ścożówłaośużżyżeę aćącżnjąażtóyćśleśwłołłuięśćtęłoułępż ałaśnąsąećórłąrójęiąędńswęń ząłypókóićkł" +
      "ł ańeżsłeńdłyśłó żgłgą śętcąyłęcśrjśęzlębłiłiżzęeźźćżaąg łżstąłęuńzłońręyżwąłeółdżądżdtłód źątźrąpgó" +
      "ązżkńcśwdźóbłnnęólążęśbęińękełśnź móóżsółcłkdąląębżodóąsżldękękśżągęrążipłdśnósęwóś ąćpęęgźnaźbąlóój" +
      "źw ócóiśyńócósótóźbókąłbłdłgżczółpźdżęcęęęęsężąbąkąąęłąwęręmmęęjęnśśwśąężżćóó ",
  ),
  // Czech
  language(
    "áčďéěíňóřšťúůýž",
    "í níá přnáé ý řenéříváštvýátožžeů užkánýcíázánřižíítjítřávžnmádáídrámůůžmíísě sí čícněívýcčešeměživé" +
      "láýrbýýttíočtěálěníméhzákýšívšačkéádž ěl žrůčlřaíhíktůnš řpůzíyžděiřažčíílrývíčtréjšrščnářtá úémésět" +
      "ýmčkžáořzšějásámlížtběsáárežlšýsšiči šečvůžaíppětéř eřtšězyšízešínžoíčýčššašdžbádšušákvěířtýčádřížúr" +
      "išódkóždlůučbíčohánůbšrčuáyřácičmšdílýrířříářářěěděvěměssěnňňahňňžžďďďďááěěžžůžrůůůmmřiěěččččssůšťťť" +
      "ťaaě",
  ),
  // Slovak
  language(
    "áäčďéíĺľňóôŕšťúýž",
    "čiá ý kýkánčé štnáánárrčjčkédž člč šlátčíndččtmčráónžitábčnérízšálí užórmátýgčvázáúzžnašlíušväätúndá" +
      "eňmémíuáátžaačcúičkóápílírčehčnírévéénčaňaňožsišjúkčlónóvýzíérézýcčíň šiškšv ňbádóečešgóiókúnžtóópľa" +
      "šašs í ú žnýnšoľošpápípčrósýtívčávíbícíľýrľ š ždaďcídédíeľgánúpňtéučádájédéčíjívízótúlútýžčuďašešpaž" +
      "béfígéhájálúlžmúwčyčyšzézčábámázášécéléšľččoaľľľľuuľľkkŕŕbvŕŕôôrhôô  ďďďďu ľľôôllôôsmäääämäsčááč",
  ),
  // Hungarian
  language(
    "áéíóöőúüű",
    "ánáró tá émálázáésájmédéálágélbáínnéézétrávákörísávé ónáérírözkóörgórözéölrúámkíépónüldádígápáázégék" +
      "í  úföhéákásénújdójárótóúpiájúkálélíuáádápátédémóióp ágéhótözíáb í öaógöháiómísésüsőzöé íbívócórögök" +
      "úző  übéeáhükénórésísótüávévízótúlúnúrükürüvüzaúbófáfüfőkülömüpúrütézóébíkílítóbófólöeönöpúdőncícójü" +
      "lómópípürűtítútővówáyáyúácéuímóaódóeógókősrőőllőnőőfzőőőőrőtőkkőőddőővvőőbbőőhhőőyyőőűűztűűssűűffűűű" +
      "űryűűyűv űű ",
  ),
  // Romanian
  language(
    "ăâîşţ",
    "ă năzăcăţitălără şşibăyţâniţdăsâaşmâsăârâmătfâhăoţrţşă îeţgâkââzînămăpştaţgănţărş işnşoşpărâuşvăăg" +
      "ăuăţşkşmşuţaţeeşşaşştţţnţăuăăiiăăsăcălăş ţţb",
  ),
  // Croatian
  language(
    "čćđšž",
    "čkškičdž šačužašžnži češčažačečnšeečćašvišoččiićožrčršučuššižuađjšnčnšućčjđašalžržćičuš špšršt ć žać" +
      "bčjčlšošćećnč čočvšlšmšušćđuuđđirđđnnđđ  đđđđevććčćć",
  ),
  // Slovenian
  language(
    "čšž",
    "čiščjšnšršškašišdžeš čuž šlšdšošmštšžižnžavščačebšočušičačgšnčšišvžeeččjšečnčošaižpšučč črčuštažfškš" +
      "lžožpčrčržš špšršužu žbčmčwščvšlšmšnšož žbždžp",
  ),
];

const turkish: readonly Language[] = [
  // Turkish
  language(
    "çğıöşüâîû",
    "ı nııntüdırıürsııliş öğieğiççerüözünırlıştışğe ççişldüyıü ağızıyaşülş önümğıiğşaımnü" +
      "mııkeçtıçaörıfeş üdöcııdçıüşuşöğlüşişkıcşıığşvükgöfıaçüykıçözüısüzgüğlğrğuyü şuğşusö" +
      "pıüstöyöşmoşşeoğbımüöszıç kükçrçtçgısübücüçoköüğrşökşüğüğ ıtpççlövuççbölşsüdççşçsçbö" +
      "nççüübüçğaıpoçğmğobçhçhıvıçrçuçyütüvıv ınşröyşçmödüclşşşkşçşşyşrıglğğdğğiııüşööş",
  ),
];

const baltic: readonly Language[] = [
  // Lithuanian
  language(
    "ąčęėįšųūž",
    "ų iųnųčitųečrųlųė ės šdžkųbųjųnėmėėjži čdųgųrėsųzųšidėmųėnža žštžeičvėšeūzcūšvaščašaūrešištėačpėčekš" +
      "lėčušufųhųučyšėdšošųūndūgėjūlžsčvųčoškžožyažbėbūgūnšpūršrūržsąsėtūušužšrūsžėaūbčcųežjėkėkūmšnčočošpų" +
      "yčąjąsčpčėčųėlėrėtš šmšnšyūgūtūčžnžuęssękęęėėžžąąžą  ąąų ųųssū",
  ),
  // Latvian
  language(
    "āčēģīķļņšūž",
    "šuešārāndžtālārāņumāālrīīnnā č švāiņāņžiļuņajūērgāāddāeļā ī kāpāvēčiīrrūībiātīācēģšaūdbāābēnģiūračmē" +
      "nīčačuēzīlšiūnžu ķašgēišāmāvāļčeēlūpžaaņlīnēsāsīzāātīvķišedīičuāzīāfākāsīdķīšvūlžī ē ī ņdēeķfāmīnčpī" +
      "pūtēuščoēļēņģuīcītīzķeļaņšš ūtžāaķeāgļgšhējālēnūoļoņpērēršāgēdējēmīņķušdšošķaēaūbēcīečeģfēgīhāiķiūkē" +
      "kīkšlžmūnšučuēuīuņzēčīētīpļkļsņešršsštūsāpājīgcēēēēssļaļķķeēē  ā",
  ),
  // Estonian
  language(
    "äõöüšž",
    "tšdžšilõõupääešažiše špõõhžaürläärää üänühašištüšosüüümäööšukõõrülže ökülžnäušädöpüašv žbüfägõjülümõ" +
      "püröätõkõzölönüpštžuaüdõeäjõkökšmšnšožršsötõvävõä äiõdõgõmõvõšüfükümünütškšmšnžbžkžožp",
  ),
];

const cyrillic: readonly Language[] = [
  // Russian
  language(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "е ен иа я о етме с н ви  прастт тонипоь неоловтиатно оим тть днале кльй моорв анливарекоертате модем" +
      "обтррокадовоы ит энтм ныприслясп зде укиипскгоиячеие фтсессяомотожпазажедаоглаар белосийакедривыилтв" +
      " ралннасамсолоьзн к екойопвлэлинайдизоонпе аазжнизх цир ртявс веклирссаеутачксзнруытдлозсиуерыю еект" +
      "фаслу йсоеусбыбъыйдуавжийллж чп мпсаибсеикбутувиыепуевииымокегз нсьнтыулмычиькмиукбасвидмаыхвнъяржзу" +
      "сь лкруюэкаживлюунылнд езмчаейбеурбощеаяхомяблл удабкупиючднэтичьсешзвфи яяевссычтвушещиумеоющ гуптн" +
      "бргунквкйтицсузрифию",
  ),
  // Ukrainian
  language(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "а ьккасьан к сарй і ки мийнсраная аленерлатаон гні бів тмалі пгайсо нд абарі діява лолльінн  ннгами " +
      "р трійосро райовкористинорун фмедареседокінот  ов віпіса і віладньрутитовегодерсаблоьсакаватбімінтур" +
      "грдже кулесіітелк недидімбмовиомпасоу ідбедсейпеесетокоттікртефрбо у часннтстувнгіекитлуісйть ікбузь" +
      "агикуахііргезацььо шсувдилнинкусіч е зднезкем рдсиубчнахгудуедзіутфучеяніабсоаузфії  х яазецжиобогпо" +
      "удумціаїгвд ирксмснцодугігімафбреммирвс ук єапаувоевлиняпургртг еожаибицквмурбцеіб цвсегл нурлувулуп" +
      "хачааоврисопрмслспфа",
  ),
  // Bulgarian
  language(
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "и сккиа анар кка снсра минтариено ланааллимая онн  гни тко бер ннд аиягааййснгро дст ламбаолва питви" +
      "иловдиийр саосносе иве одотрорреме фруикт дарстимитоунадирне рсиатбиелабе етлок тсакурголепатеуаджзи" +
      " вгреккумонтдсислсмбомотбеемеспесогифр е у хевейу асбодетуиакрок чибусг зайт юаведжипиха шлуапбуй рд" +
      "че згумснкциигс ървризпогвкел нуагахбсксм оаут яаздуимобюжегипртсубривогодрнсрукумфихичавоезидиеубце" +
      "чишкауафашд иипурмугудуп цв днжажничйнпррвсъуеянаоеоеяицмвслулхоца йаигезеиоктлтопргркрлсвфашвъбепец" +
      "йдлнувузфучншааабвеч",
  ),
];

const greek: readonly Language[] = [
  // Greek
  language(
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "α ι τοο  τους στ σναν εί πικειχε δτιοι κρι εταεν μυ  α έαναιά ρα νια χό μαπειχαρισκάίαδεντέχροπραλτη" +
      "ποκανομεδιατίοακε ερ οη ίνλίκόένμοασού γιοκελοότυνοριμτεγκή ηρκομπκτσι όαςσηόνονρέοσμέχασεπαρόφαέπχο" +
      "οςεπεττόνιαπλιλα λί ίζηςχράράνζεολ ργιόλελσφ φιά βαμεστίθεινέγομρηυρεςρίπό ήρεημνεπιγολλσοτάυποπράλά" +
      "όμύνίδίτηστριτγρκρδολεσα υδυάλιεβάαφνηδαωνάσκήπί ηκιφόβασμνάύ ίμμόογνγνδνόπάνί ιυςγαηνιέκέμιφοόσγγιλ" +
      "ιρκ ρώσκαγευτσώμέςόςάμυτρμχιωσμμσδυμόρέτγεεχμήτ υγάγέσργρχζιρκυαυλκυήσγίητμάμβσί θθολ λόνωπλσβόγβοεδ" +
      "εφρωώνίθαδνήσυβρτζωμ",
  ),
];

const hebrew: readonly Language[] = [
  // Hebrew
  language(
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "ה ת י יתני ארי מ ק סו ונאי בינליייאווררו ה פבין ר ווקוולואם נג יאנ גיה ל דיומי ש טיליטקידינדיאלוט דו" +
      "ארג  נגוסי ובוטוומיקל טיסו רזייריםפרנואלובותפוטרתיוק צברגימבמופיצ גרוסק וגמאנהד לאקריבמרויקהרבודוטשל" +
      "לנמנסטראוןיגלהרהנאנטאהאןהאנק עגההווםסנאקקנאמאפבאיסלרסארנדהדרימקארגרדאטבהופטניןאסטאמלפא תבנגאס שי כוה" +
      "רמגלוזמהנזשו ז חבלמעשנב הימטערצרקלטהסרקטיפמקסלרפרקדשז חוטןלדלטצפאזחדיזיצישכוסקעתרטא הרידלבנמנרסמקמרל" +
      "ש אבהבהמזוטסלגלקנסעלפטפספתקסאדבמגנדנלזספעיפנץ שבתובתהלהקזאזרטלטמיכלמלססהעואגאחבקגבהצחיכתמגמזפלצירזרם" +
      "רסשהתראםאשבדדאהדההוח",
  ),
];

const arabic: readonly Language[] = [
  // Arabic
  language(
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
    "ال اة يةانا ي نيليرين يار يناربيو ماونديلا مبا برويل كايراناوا سلأندولكويرورت لولكمي أتاسيتيلسلمبوكا" +
      "لباميوكييت جسا لدولتلن دتووبوي تيكل ابغابرنوسومبدازياتغونغوس غ فيمك جيلغفيوميزجزيبترشيلفأولجغينججاجن" +
      "مووتربكرلل رستفرم  ناوزرس فالإاكرنوكبتتشاسلقنتوف و يغرقيلدلشنكيس هأرادد لهيغبلرجنسيجيدجوغةمتود إشاسن" +
      "منوجدرردزالصهوأسإيائثاركزوسرفوقدكتهااجب بنرسسطسللرلعى يشيفازسبشمكسمليه شألدةرمسكطاه هيوغيق قأفافصةغ " +
      "هن ثاغتسجبرةصيكنمرنمهروزأمأنإسإنرتشوعاعرق أيئياشتحتنج جةدنز صركممةنةنز زء أكاءجررغرقرلطىفللزيياخاهثي" +
      "جدحدسمشلطيف فنلخنصيط",
  ),
];

/** Encodings of single bytes with the languages that are written in them, the usual ones first. */
export const writtenIn: readonly (readonly [Encoding, readonly Language[]])[] = [
  ["windows-1252", western],
  ["windows-1250", central],
  ["iso-8859-2", central],
  ["windows-1254", turkish],
  ["windows-1251", cyrillic],
  ["windows-1253", greek],
  ["iso-8859-7", greek],
  ["windows-1257", baltic],
  ["koi8-r", cyrillic],
  ["iso-8859-5", cyrillic],
  ["ibm866", cyrillic],
  ["x-mac-cyrillic", cyrillic],
  ["windows-1255", hebrew],
  ["windows-1256", arabic],
];

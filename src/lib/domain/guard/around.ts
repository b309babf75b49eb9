/** Words beside a name that say whether a person is meant. All are folded. */
import type { Locale } from '../lists';

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Before a name: whatever follows with a capital letter is a person. */
export const HONORIFICS = set(`
	mr mrs ms miss sir madam dr prof doctor professor uncle aunt auntie
	pan pana panu panem pani pania panie panstwo panstwa panstwu panem ks ksiadz ksiedza siostra mgr inz
	herr herrn frau familie hr fr fraulein onkel tante
	domnul domnului doamna doamnei domnisoara domnisoarei dl dna d-l d-lui d-na d-nei familia familiei
	doctorita doctoritei doctorul doctorului surorile fratii nea nenea tanti unchiul matusa dra ifj ozv doktor`);

/** Before a name: makes sure of one that could be a word as well. */
export const ROLES = set(`
	teacher pupil student headteacher head coach brother sister friend son daughter mother father colleague
	girl boy classmate neighbour cousin nephew mentor counsellor worker lad mate ex husband wife partner boyfriend girlfriend gran grandad nan landlord
	uczen ucznia uczniowi uczniem uczennica uczennicy uczennice nauczyciel nauczyciela nauczycielka nauczycielki nauczycielowi
	wychowawca wychowawczyni dyrektor dyrektorka dyrektora dyrektorze dyrektorko wychowawco profesorze kolega kolegi kolege kolezanka kolezanki brat brata siostry syn syna
	corka corki matka matki ojciec ojca nazwisko trener pedagog psycholog policjant sasiad chlopak dziewczyna kuzyn
	schuler schulerin lehrer lehrerin mitschuler mitschulerin klassenlehrer klassenlehrerin kollege kollegin kollegen bruder
	schwester freund freundin sohn tochter junge madchen trainer direktor direktorin rektor sozialarbeiter
	sozialarbeiterin mutter vater nachbar cousin cousine jugendliche jugendlicher jugendlichen betreuer betreuerin vorname nachname
	elevul elevului eleva elevei profesor profesorul profesorului profesoara profesoarei diriginte dirigintele diriginta colegul
	colega colegei colegului fratele sora fiul fiica mama tata lui baiatul fata prietenul prietena vecinul
	director diriginta dirigintele directorul directoarea invatatoarea antrenorul
	tanar tanarno diak diaklany tanulo osztalyfonok igazgato igazgatono baratja batyja occse edzo szomszed anyja
	apja fia lanya testvere unokatestvere pedagogus osztalytarsa osztalytars`);

/** Before a name that no list need hold: who is called so, or preaches. */
export const NAMERS = set(`
	sgt cllr dc ds insp pcso named called pastor reverend rev imam rabbi father vicar sister councillor constable sergeant inspector pc
	asp sierz kom podkom nadkom sierzant sierzanta aspirant aspiranta komisarz komisarza
	nazywa zwany zwana imieniem ksiadz ksiedza imam rabin dzielnicowy posterunkowy
	phk pom phm pok khk pater heisst namens genannt pfarrer pfarrerin pastorin diakon dekan
	ag agentul agentului comisarul comisarului inspectorul subcomisarul numele numeste cheama parintele parintelui pastorul imamul rabinul preotul nume
	hivjak nevu neve`);

/** Behind a family's name, by language. */
export const FAMILY = set(
	'family families csalad csaladot csaladnak csaladdal csaladtol csaladhoz csaladja csaladban csaladra'
);

/** Hungarian puts these behind a name. */
export const BEHIND = set(`
	lelkesz lelkeszt lelkesznek plebanos atya atyat atyanak polgarmester ezredes ornagy szazados hadnagy ormester
	ormestert ormesternek ormesterrel neven nevet nevu nevvel neve
	ur urat urnak urral urhoz urtol uram tanar tanarno tanarnot tanarnonek tanarnovel tanarnotol tanarurat bacsi bacsit bacsinak bacsival
	neni nenit neninek nenivel nenitol asszony asszonynak asszonnyal kisasszony doktor doktorno urek igazgatono edzo`);

/** Before a name that a place or an institution bears. */
export const BEARERS = set(`
	ul ulica ulicy ulice ulicą al aleja alei aleje plac placu placem os osiedle osiedlu osiedla im imienia szkola szkoly szkole
	szkole liceum gimnazjum przedszkole przedszkola technikum szpital szpitala rondo ronda park parku pomnik pomnika muzeum teatr
	stadion sw swietego swietej swiety swieta prorok proroka proroku prorokiem papiez papieza papiezu parafia parafii fundacja fundacji fundacje
	strada strazii str bulevardul bulevardului bd bdul calea aleea piata pietei scoala scolii scoli liceul liceului colegiul colegiului
	hotelul barul cafeneaua cofetaria libraria restaurantul magazinul cinematograful clubul stadionul firma
	kino sklep sklepie kwiaciarnia kawiarnia kawiarni restauracja restauracji pizzeria apteka piekarnia
	national nationala teoretic gimnaziala tehnologic gradinita universitatea universitatii spitalul spitalului parcul teatrul
	biserica fundatia fundatiei asociatia sf sfantul sfantului sfanta sfintei sfintii profetul profetului papa papei regele regelui reginei cartierul cartierului mos
	strasse schule gymnasium stiftung realschule gesamtschule hauptschule grundschule kirche sankt st platz kita haus partei
	prophet propheten papst
	school street road saint queen college academy university hospital church parish fc hotel club lake mount
	szent szentek szt profeta papa hotel restaurant cafe bar pub klub piwo lacul lacului muntele satul satului comuna comunei orasul orasului jezioro jeziora rzeka wies wsi gmina gminy powiat`);

/** Behind a name that a place, an institution or a thing bears. */
export const BORNE = set(`
	street st road rd avenue ave lane close drive way court crescent place terrace gardens grove hill square park green school schools
	academy college university hospital church primary secondary high grammar house hall library centre center club estate station
	bridge day foundation trust institute stadium theatre hotel award prize act law effect syndrome disease football rovers united city
	town county council borough media news post times
	strasse str schule gymnasium platz allee weg gasse ring damm ufer realschule gesamtschule hauptschule grundschule stiftung
	universitat halle haus bad park institut kirche preis stadion bibliothek
	utca utcai utcaban utcara utcabol u ut uti uton utja ter teren tere terre korut koruti koruton krt koz setany sor fasor rakpart park
	iskola iskolaban iskolaba iskolabol iskolai gimnazium gimnaziumban gimnaziumba gimnaziumi altalanos szakkozepiskola technikum
	kollegium kollegiumban egyetem egyetemen konyvtar muvelodesi szakgimnazium ovoda ovodaban alapitvany korhaz lakotelep
	lakotelepen stadion dij szinhaz muzeum kozepiskola szakkepzo intezet hid kozossegi haz csoport csapat szakkor ors bal szalon presszo etterem bolt cukraszda templom panzio
	szkola college liceum`);

/** Days, months, peoples, feasts and figures of history, which are nobody whom a report is about. */
export const NOBODY = set(`
	romi romii romilor romow romom romach romami polski polska cyganski cyganska slaski romana romanesc maghiara engleza
	babcia dziadek mama tata ciocia wujek bunica bunicul nagymama nagypapa anya apa oma opa mum dad grandma granddad nana
	baden-wurttemberg sachsen-anhalt nordrhein-westfalen rheinland-pfalz mecklenburg-vorpommern schleswig-holstein
	afd cdu csu spd npd bsw fidesz jobbik fradi pis konfederacja psd pnl usr aur udmr ukip bnp edl
	toba tobie ciebie ihnen ihr sie ihre dumneavoastra onnek onok
	polak polka wlo wloch wegier niemiec rosjanin ukrainiec zyd rom arab turek cygan muzulmanin chrzescijanin katolik kaszub slazak
	szwed czech slowak rumun anglik francuz hiszpan amerykanin litwin bialorusin gruzin czeczen murzyn azjata afrykanin juden
	unger rumane deutscher araber christ muslime moslem jugoslawe serbe kroate albaner grieche italiener sachse
	maghiar ungur tigan rom evreu arab turc rus ucrainean german crestin musulman ortodox sirian
	englishman irishman scot jew asian african indian pakistani turk arab gypsy traveller travellers  irish welsh scottish
	opel suzuki toyota dacia logan ford audi bmw mercedes skoda renault peugeot fiat seat volkswagen golf passat corsa astra honda
	mazda kia hyundai nissan volvo tesla citroen lada trabant vauxhall mcdonald mcdonalds sainsbury tesco lidl aldi kaufland biedronka
	rewe edeka netto penny spar rossmann ramadan mikulas karacsony husvet bethlehem bibel koran biblia coran iban pesel nino nhs taj cnp
	kaszuby podlasie mazowsze slask wolyn bukowina pomorze galicja bayern sachsen hessen thuringen franken schwaben
	ardeal banat dobrogea oltenia muntenia bucovina basarabia moldova transilvania erdely felvidek vajdasag dunantul alfold karpatalja
	norfolk suffolk essex sussex surrey yorkshire cornwall cumbria kent
	january february march april may june july august september october november december monday tuesday wednesday thursday friday
	saturday sunday christmas easter english british american german french russian polish romanian hungarian islam muslim jewish roma syrian bosnian afghan ukrainian somali albanian turkish kurdish chinese italian greek nigerian romani
	muslims jews christians fridays
	catholic europe london england britain scotland wales ireland
	januar februar marz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag weihnachten ostern
	deutsch deutschland polen ungarn rumanien berlin europa heute gestern morgen
	styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien polska polski polskie niemcy
	rumunia wegry europa bog boga boze jezus jezu chrystus maryja
	ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie luni marti miercuri joi vineri sambata duminica
	romania europa germania polonia ungaria paste craciun dumnezeu isus iisus
	januar februar marcius aprilis majus junius julius augusztus szeptember oktober hetfo kedd szerda csutortok pentek szombat vasarnap
	magyarorszag budapest europa isten jezus
	hitler hitlera hitlers hitlert stalin stalina putin putina putins putyin trump trumpa orban merkel mussolini goebbels himmler
	antonescu codreanu ceausescu zelensky zelenski selenskyj allah jesus christus buddha marx lenin
	facebook instagram tiktok telegram discord whatsapp snapchat youtube twitter google microsoft minecraft roblox fortnite signal viber
	messenger teams zoom steam twitch reddit spotify netflix`);

/** Stand inside a full name. */
export const PARTICLES = set('von van de der den zu zur vom da di du la le el al bin ibn ben ten');

/** Before what is a place or a thing, though it be written like a surname. */
export const ARTICLES: Partial<Record<Locale, ReadonlySet<string>>> = {
	de: set(`der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen meinem meiner
		dein seine sein seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer dieser diese dieses diesen
		diesem jeder jede jedes jeden jedem im am zum zur beim vom ins ans viele vielen alle allen zwei drei vier manche einige mehr
		welche welcher ohne wenig viel etwas jener jene aller keinerlei solche solchen`),
	pl: set('na w we pod nad'),
	hu: set('a az egy'),
	en: set(
		'of in at near toward towards outside around inside across off into via the a an this that these those every each our some any no'
	)
};

/** Before a person, in German, where a noun would have its article. */
export const LEADS: Partial<Record<Locale, ReadonlySet<string>>> = {
	de: set('dass ob weil wenn ihn ihm fragte sagte rief sah traf kennt heisst')
};

/** Between two of whom each is what the other is. */
export const JOINTS = set('and und i oraz si es meg');

/** Before what is a thing, though it own something. */
export const DETERMINERS = set('the a an this each every no');

/** Months and days whose forms are names too: 'Iuliei' is no July. */
export const MONTHS = set(
	'iulie iunie juli juni august maj mai luni marti joi julius junius augusztus marz april june may'
);

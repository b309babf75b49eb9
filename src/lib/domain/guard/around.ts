/** Words beside a name that say whether a person is meant. All are folded. */
import type { Locale } from '../lists';

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Before a name: whatever follows with a capital letter is a person. */
export const HONORIFICS = set(`
	mr mrs ms miss sir madam dr prof doctor professor uncle aunt auntie
	pan pana panu panem pani pania panie panstwo panstwa panstwu panem ks ksiadz ksiedza siostra mgr inz
	herr herrn frau familie hr fr fraulein onkel tante
	domnul domnului doamna doamnei domnisoara domnisoarei dl dna d-l d-lui d-na d-nei familia familiei
	dra ifj ozv doktor`);

/** Before a name: makes sure of one that could be a word as well. */
export const ROLES = set(`
	teacher pupil student headteacher head coach named called brother sister friend son daughter mother father colleague
	girl boy classmate neighbour cousin nephew mentor counsellor worker by with from
	uczen ucznia uczniowi uczniem uczennica uczennicy uczennice nauczyciel nauczyciela nauczycielka nauczycielki nauczycielowi
	wychowawca wychowawczyni dyrektor dyrektorka dyrektora kolega kolegi kolege kolezanka kolezanki brat brata siostry syn syna
	corka corki matka matki ojciec ojca imie nazwisko nazywa trener pedagog psycholog policjant sasiad chlopak dziewczyna kuzyn
	schuler schulerin lehrer lehrerin mitschuler mitschulerin klassenlehrer klassenlehrerin kollege kollegin kollegen bruder
	schwester freund freundin sohn tochter heisst namens junge madchen trainer direktor direktorin rektor sozialarbeiter
	sozialarbeiterin mutter vater nachbar cousin cousine jugendliche jugendlicher jugendlichen betreuer betreuerin vorname nachname
	elevul elevului eleva elevei profesor profesorul profesorului profesoara profesoarei diriginte dirigintele diriginta colegul
	colega colegei colegului fratele sora fiul fiica mama tata numele numeste cheama lui baiatul fata prietenul prietena vecinul
	directorul directoarea invatatoarea antrenorul
	tanar tanarno diak diaklany tanulo osztalyfonok igazgato igazgatono baratja batyja occse nevu neve hivjak edzo szomszed anyja
	apja fia lanya testvere unokatestvere pedagogus osztalytarsa osztalytars`);

/** Hungarian puts these behind a name. */
export const BEHIND = set(`
	ur urat urnak urral urhoz urtol uram tanar tanarno tanarnot tanarnonek tanarnovel tanarnotol tanarurat bacsi bacsit bacsinak bacsival
	neni nenit neninek nenivel nenitol asszony asszonynak asszonnyal kisasszony doktor doktorno urek igazgatono edzo`);

/** Before a name that a place or an institution bears. */
export const BEARERS = set(`
	ul ulica ulicy ulice ulicą al aleja alei aleje plac placu placem os osiedle osiedlu osiedla im imienia szkola szkoly szkole
	szkole liceum gimnazjum przedszkole przedszkola technikum szpital szpitala rondo ronda park parku pomnik pomnika muzeum teatr
	dom stadion most sw swietego swietej parafia parafii fundacja fundacji fundacje
	strada strazii str bulevardul bulevardului bd bdul calea aleea piata pietei scoala scolii scoli liceul liceului colegiul colegiului
	national nationala teoretic gimnaziala tehnologic gradinita universitatea universitatii spitalul spitalului parcul teatrul
	biserica fundatia fundatiei asociatia sfantul sfanta sfintii
	strasse schule gymnasium stiftung realschule gesamtschule hauptschule grundschule kirche sankt st platz kita haus partei
	school street road saint college academy university hospital church parish fc hotel club lake mount
	hotel restaurant cafe bar pub klub`);

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
	lakotelepen stadion dij szinhaz muzeum kozepiskola szakkepzo intezet hid kozossegi haz
	szkola college liceum`);

/** Days, months, peoples, feasts and figures of history, which are nobody whom a report is about. */
export const NOBODY = set(`
	january february march april may june july august september october november december monday tuesday wednesday thursday friday
	saturday sunday christmas easter english british american german french russian polish romanian hungarian islam muslim jewish roma
	catholic europe london england britain scotland wales ireland
	januar februar marz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag weihnachten ostern
	sommer winter herbst deutsch deutschland polen ungarn rumanien berlin europa heute gestern morgen
	styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien polska polski polskie niemcy
	rumunia wegry europa bog boga boze jezus jezu chrystus maryja
	ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie luni marti miercuri joi vineri sambata duminica
	romania europa germania polonia ungaria paste craciun dumnezeu isus iisus
	januar februar marcius aprilis majus junius julius augusztus szeptember oktober hetfo kedd szerda csutortok pentek szombat vasarnap
	magyarorszag budapest europa isten jezus
	hitler hitlera hitlers hitlert stalin stalina putin putina putins putyin trump trumpa orban merkel mussolini goebbels himmler
	antonescu codreanu ceausescu zelensky zelenski selenskyj mohammed allah jesus christus buddha marx lenin
	facebook instagram tiktok telegram discord whatsapp snapchat youtube twitter google microsoft minecraft roblox fortnite signal viber
	messenger teams zoom steam twitch reddit spotify netflix`);

/** Stand inside a full name. */
export const PARTICLES = set('von van de der den zu zur vom da di du la le el al bin ibn ben ten');

/** Before a noun: what follows it in German with a capital letter is a thing or a trade, unless it is a first name. */
export const ARTICLES: Partial<Record<Locale, ReadonlySet<string>>> = {
	de: set(`der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen meinem meiner
		dein seine sein seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer dieser diese dieses diesen
		diesem jeder jede jedes jeden jedem im am zum zur beim vom ins ans viele vielen alle allen zwei drei vier manche einige mehr
		welche welcher ohne wenig viel etwas jener jene aller keinerlei solche solchen`),
	en: set('the a an this that these those every each our some any no')
};

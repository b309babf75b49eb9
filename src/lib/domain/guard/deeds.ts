/** What only persons do, by language: behind it even 'Mark', 'Lily' and 'Róża' are somebody. All is folded. */
import type { Locale } from '../lists';

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** The word right behind a name that opens its sentence: then a person was meant. */
export const DEEDS: Record<Locale, ReadonlySet<string>> = {
	en: set(`
		said says told tells asked asks thinks thought wants wanted wrote writes hit hits came went took
		started keeps kept used laughed cried shouted yelled sits sat lives lived told stopped refuses
		refused threatened posted believes believed claims claimed admits admitted apologised denied replied
		knows knew talks talked hates hated loves loved wears wore joined hangs hung ran walked`),
	pl: set(`
		mowi mowil mowila powiedzial powiedziala pisze pisal pisala napisal napisala mysli myslal myslala
		pyta pytal pytala zapytal zapytala chce chcial chciala wie wiedzial wiedziala uwaza uwazal uwazala
		twierdzi twierdzil twierdzila wierzy wierzyl wierzyla krzyczy krzyczal krzyczala krzyknal krzyknela
		placze plakal plakala smieje smial smiala nosi nosil nosila chodzi chodzil chodzila przyszedl
		przyszla poszedl poszla wyszedl wyszla wrocil wrocila uderzyl uderzyla pobil pobila bije grozi
		grozil grozila prosi prosil prosila poprosil poprosila opowiada opowiadal opowiadala opowiedzial
		opowiedziala przyznal przyznala pokazal pokazala wyslal wyslala wplacil wplacila widzial widziala
		slyszal slyszala boi bal bala mieszka mieszkal mieszkala siedzi siedzial siedziala zna znal znala
		spotkal spotkala zadzwonil zadzwonila dzwonil dzwonila rysuje rysowal rysowala udaje przyniosl
		przyniosla odpowiedzial odpowiedziala kocha nienawidzi`),
	de: set(`
		sagt sagte meint meinte schreibt schrieb fragt fragte will wollte denkt dachte glaubt glaubte
		behauptet behauptete erzahlt erzahlte weint weinte lacht lachte schreit schrie schlug schlagt droht
		drohte trug tragt sitzt sass wohnt lebt weiss wusste kennt kannte zeigte zeigt rief antwortet
		antwortete bittet bat schickte ging lief spricht sprach hasst`),
	ro: set(`
		spune spunea zice zicea vrea voia crede credea scrie scria intreaba plange plangea striga poarta
		merge mergea locuieste ameninta povesteste rade sustine stie stia cunoaste raspunde uraste iubeste
		sta vorbeste vorbea`),
	hu: set(`
		mondta mondja azt irta irja kerte kerdezte kerdezi akarja akarta gondolja gondolta sirt sir fel felt
		lakik jar jart utotte megutotte kiabalt kiabalja kuldte mutatta latta tudja tudta hiszi allitja
		valaszolta elmondta bevallotta tagadta szereti utalja nevetett hivott telefonalt hordja uzent beszel
		beszelt szerint`)
};

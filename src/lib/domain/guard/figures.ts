/** Who is in books and in the news, and in no case: by base, folded. A namesake is marked when another first name stands before. */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s*[\n,]\s*/));

/** Known by the surname alone. */
const ALONE = list(`
	churchill, thatcher, shakespeare, dickens, orwell, darwin, macbeth, starmer, farage, biden, obama, macron, zuckerberg
	goethe, schiller, brecht, bismarck, luther, hegel, nietzsche, beethoven, mozart, scholz, weidel, hocke, adenauer
	mickiewicz, slowacki, sienkiewicz, zeromski, norwid, chopin, kopernik, pilsudski, dmowski, walesa, kaczynski, tusk
	kosciuszko, poniatowski, wyspianski, reymont, szymborska, bandera, lukaszenka
	eminescu, caragiale, rebreanu, creanga, sadoveanu, cosbuc, cuza, balcescu, viteazul, brancoveanu
	petofi, jokai, moricz, ady, kossuth, rakoczi, szechenyi, hunyadi, horthy, bartok, kodaly, vorosmarty, szalasi`);

/** Known by both names; where only the first is on the list of names, it stands alone here as well. */
const BOTH = list(`
	anne frank, harry potter, winston churchill, tommy robinson, andrew tate, martin luther, george floyd, greta thunberg, elon musk
	donald trump, joe biden, boris johnson, nigel farage, keir starmer, william shakespeare, charles darwin, anders breivik, jack daniel
	sophie scholl, hans scholl, karl marx, rosa luxemburg, ernst thalmann, angela merkel, olaf scholz, friedrich merz, alice weidel
	bjorn hocke, rudolf hess, martin sellner, horst wessel, adolf hitler, kaiser wilhelm, max planck, wilhelm tell, friedrich schiller
	adam mickiewicz, juliusz slowacki, henryk sienkiewicz, jan pawel, jozef pilsudski, roman dmowski, lech walesa, donald tusk
	jaroslaw kaczynski, andrzej duda, grzegorz braun, stepan bandera, tadeusz kosciuszko, mikolaj kopernik, fryderyk chopin
	mihai eminescu, mihai viteazul, ion creanga, vlad tepes, nicolae ceausescu, ion antonescu, corneliu codreanu, george simion
	calin georgescu, nicolae balcescu, avram iancu, liviu rebreanu, alexandru cuza
	sandor petofi, lajos kossuth, mor jokai, zsigmond moricz, endre ady, janos arany, matyas hunyadi, istvan szechenyi, ferenc rakoczi
	viktor orban, peter magyar, miklos horthy, ferenc szalasi, janos kadar, jozsef attila, attila jozsef, bela bartok, ferenc deak`);

/** Whether these bases are those of such a figure. */
export function isFigure({ first, last }: { first: readonly string[]; last: readonly string[] }): boolean {
	if (first.length === 0) return last.some((one) => ALONE.has(one));
	return first.some((one) => last.some((other) => BOTH.has(`${one} ${other}`)));
}

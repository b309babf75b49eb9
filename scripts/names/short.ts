/** What people are called every day, which no register lists, and what is a place before it is a person. */
export const SHORT = {
	en: `Abby Alfie Andy Archie Becky Ben Beth Bobby Charlie Chloe Chris Dan Danny Dave Debbie Eddie Ellie Freddie Gemma Harry Jack Jake
		Jamie Jess Jimmy Joe Josh Kate Katie Kev Lizzie Lucy Luke Maddie Matt Max Maisie Meg Mick Mike Millie Molly Nick Ollie Poppy Rob
		Ryan Sam Sophie Steve Theo Tilly Tom Tony Zac Zoe Zoey Mohammed Muhammad Mohamed Ahmed Aisha Fatima Yusuf Ibrahim Omar Hamza
		Bilal Imran Khadija Zainab Maryam Tariq Priya Arjun Kwame Olu Callum Kieran Declan Niamh Siobhan Saoirse Aoife Rhys Dylan`,
	pl: `Asia Basia Kasia Zosia Gosia Ola Ania Hania Jola Ela Ula Magda Aga Agata Iza Beata Kinga Lena Maja Nela Tosia Marysia Krysia
		Renia Danka Jadzia Stasia Wiktoria Patka Sandra Weronika Dominika Paulina Justyna Kaśka Baśka Zośka Olka Anka Gośka Tomek
		Bartek Maciek Kuba Krzysiek Wojtek Piotrek Michałek Jasiek Jaś Staś Antek Franek Olek Adaś Krzyś Grześ Grzesiek Marcinek Kamilek
		Mateuszek Mati Łukaszek Darek Jarek Mirek Mietek Zbyszek Rysiek Wiesiek Władek Heniek Józek Janek Tadek Romek Sebek Dominik
		Patryk Adrian Damian Norbert Hubert Igor Oskar Ksawery Nikodem Tymek Ignaś Bolek Lolek Leszek Sławek Radek Przemek Zdzisiek
		Kacperek Szymek Filip Dawidek Alek Miłosz Borys Oksana Olena Nadia Swieta Andrij Dmytro Taras Bohdan Ihor Wasyl Ahmed Ali Omar`,
	de: `Alex Andi Anni Basti Ben Benni Chris Dani Dennis Emmi Eva Fabi Felix Finn Flo Franzi Fritz Gabi Greta Hanni Hansi Heidi Jan Jana
		Jannik Jasmin Jo Jojo Jonas Jule Juli Kai Kathi Kati Kevin Lea Leni Leo Lilli Lina Lisa Luca Lukas Maja Manu Marie Max Maxi
		Mia Michi Mila Moritz Nele Nico Niko Nils Noah Ole Paul Pia Resi Robin Sepp Steffi Susi Sven Theo Tim Timo Toni Uli Uschi Uwe
		Willi Wolfi Ali Ahmed Mehmet Mustafa Murat Emre Can Cem Deniz Ayse Ayşe Fatma Elif Zeynep Emine Hatice Hasan Hüseyin Ibrahim Yusuf
		Omar Amir Aylin Leyla Samir Karim Khaled Mohammed Nadia Jamal Dragan Milan Goran Olga Svetlana Igor Dimitri Sergej Malte Torben
		Jörn Sören Lasse Bjarne Frieda Ida Ella Mats Emil Henri Anton Oskar`,
	ro: `Adi Alex Alexandra Ana Anca Andra Andreea Andrei Bogdan Cosmin Costel Costi Cătălin Dana Dani Dan Delia Denisa Diana Dorin
		Dragoș Edi Elena Florin Florina Gabi Gelu Gheorghe Gigi Horia Ileana Ilinca Ina Ioana Ion Ionel Ionela Ionuț Iulian Laurențiu
		Lavinia Lenuța Lia Liviu Luca Lucian Luiza Mădălina Mălina Marcel Marian Mariana Marius Matei Mihai Mihăiță Mirela Mircea Mitică
		Monica Nelu Nicoleta Nicu Oana Octavian Ovidiu Paul Petru Petrică Radu Răzvan Relu Robert Roxana Ruxandra Sanda Sebi Silviu
		Simona Sorin Sorina Ștefan Ștefania Teo Teodora Tiberiu Titi Traian Tudor Vali Vasile Vasilica Viorel Viorica Vlad Vlăduț Zoe`,
	hu: `Ági Andi Anikó Anna Bandi Bea Bence Béci Beni Berci Böbe Csabi Csilla Dani Dávid Dénes Dóri Dorka Edit Eszti Erzsi Évi Feri
		Fanni Gabi Gábor Gergő Geri Gyuri Hanna Icu Ildi Imi Jancsi Janka Józsi Judit Jutka Kata Kati Kinga Klári Kriszti Laci Lili Luca
		Magdi Mari Marcsi Máté Matyi Miki Misi Móni Nati Nóri Norbi Pali Panni Peti Petra Pisti Réka Regi Robi Rozi Sanyi Sári Sanci
		Szabi Szilvi Tami Tibi Timi Tomi Tóni Vera Viki Viktor Vili Zita Zoli Zsófi Zsolti Zsuzsa Zsuzsi Zsuzska Dzsenifer Dzsesszika
		Rikárdó Kevin Rómeó Brájen Armandó Lakatosné`
};

/** First names that are read as a place where nothing beside them says otherwise. */
export const PLACES = `Paris Florence Victoria Roma Georgia Chelsea Brooklyn India Jordan Israel Kent Devon Lincoln Sydney Austin Dallas
	London Verona China America Africa Malta Cairo Dakota Carolina Virginia Houston Preston Bradford Kingston Clifton Ashton Milton Troy
	Alexandria Odessa Lourdes Savannah Charlotte Aurora Ireland Wales Holland Persia Kenya Asia Siena Vienna Phoenix Madison Jackson Salem
	Bethlehem Nazareth Chad Cuba Albany Lancaster York Essex Stafford Stanford Chester Windsor Warwick Derby Leicester Mali Nauru Ural`;

/** What its list of surnames lacks, though many bear it. */
export const SURNAMES = {
	en: `Khan Ahmed Ali Hussain Begum Patel Singh Kaur Shah Malik Iqbal Akhtar Mahmood Chowdhury Rahman Okafor Adeyemi Mensah Nguyen Kowalski`,
	pl: '',
	de: `Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Nowak Kowalski
		Ivanov Petrov Nguyen Haddad Mansour`,
	ro: `Albu Andrei Anghel Avram Badea Balan Banu Barbu Bejan Blaga Bratu Bucur Buzatu Călin Chiriac Chiriță Ciobanu Coman Constantin
		Constantinescu Cozma Crăciun Cristea Croitoru Dănilă Dima Dinu Dobre Dragomir Drăgan Dumitrache Dumitrescu Dumitru Enache Ene Filip
		Florea Georgescu Gheorghe Gheorghiu Ghiță Grigore Grosu Iacob Ilie Ioniță Iordache Ispas Ivan Lazăr Luca Lungu Lupu Manea Manole
		Marin Marinescu Matei Mihai Mihalache Moise Moldovan Moraru Munteanu Mureșan Neacșu Neagu Nechita Negru Nica Nicolae Nistor Niță
		Olaru Olteanu Oprea Păun Pavel Petcu Petre Petrescu Pîrvu Popa Pop Preda Pușcașu Radu Rădulescu Roman Rotaru Rusu Sandu Sava Simion
		Stan Stănescu Stoian Stoica Suciu Șerban Ștefan Tănase Toma Tomescu Trandafir Trifan Tudor Tudose Țurcanu Ungureanu Ursu Vasile
		Văduva Vlad Voicu Voinea Zaharia Zamfir`,
	hu: `Kovács Szabó Takács Juhász Lakatos Mészáros Oláh Molnár Orsós Kolompár Horváth Rostás Farkas Bakos Bognár Borbély Bíró Budai Csizmadia
		Deák Dudás Faragó Fodor Füleki Gulyás Halász Hegedűs Jónás Katona Kelemen Kerekes Király Kocsis Kozma Lengyel Lukács Magyar Major
		Máté Novák Orosz Pásztor Pintér Puskás Sípos Sipos Somogyi Soós Szalai Szekeres Szűcs Szőke Szőcs Tamás Török Vadász Vámos Veres Vincze
		Virág Vörös Bencsik Kálmán Nemes Bodnár Kun Barta Bálint Illés Fábián Pál Gál Antal Bogdán Balázs Boros Csonka Fazekas Hajdú Jakab
		Kádár Kardos Márton Mohácsi Nyári Pataki Rózsa Sárközi Sebestyén Szántó Székely Szilágyi Szűts Tóth Váradi Varga Vass`
};

import type { VirtaSettings } from './virta-settings.js'

export type NamedInstitution = VirtaSettings['institutions'][number]

const institution = (code: string, fi: string, sv?: string, en?: string, schac?: string): NamedInstitution => ({
  code,
  title: { fi, ...(sv === undefined ? {} : { sv }), ...(en === undefined ? {} : { en }) },
  ...(schac === undefined ? {} : { schac }),
})
const applied = (code: string, fi: string, en: string, schac: string) => institution(code, fi, undefined, en, schac)

/**
 * Finland's universities and universities of applied sciences by the code of Statistics Finland (oppilaitostunnus).
 *
 * Sources: codes of the universities from the handbook of the ministry's data collection (confluence.csc.fi, "YO 4.1.
 * Tilastokeskuksen oppilaitostunnus"), all codes and web domains from the list of the Finnish NCP (EMREXEU/fi-ncp,
 * `data/issuers.txt`), names from the institutions. A name that we are not sure of is left out; so are institutions that
 * have ended, and Åland's. Old and new Tampere share a Finnish name, and have neither an English name nor a domain here.
 */
export const finnishInstitutions: readonly NamedInstitution[] = [
  institution('01901', 'Helsingin yliopisto', 'Helsingfors universitet', 'University of Helsinki', 'helsinki.fi'),
  institution('01903', 'Åbo Akademi', 'Åbo Akademi', 'Åbo Akademi University', 'abo.fi'),
  institution('01904', 'Oulun yliopisto', 'Uleåborgs universitet', 'University of Oulu', 'oulu.fi'),
  institution('01905', 'Tampereen yliopisto', 'Tammerfors universitet'),
  institution('01906', 'Jyväskylän yliopisto', 'Jyväskylä universitet', 'University of Jyväskylä', 'jyu.fi'),
  institution(
    '01910',
    'Svenska handelshögskolan',
    'Svenska handelshögskolan',
    'Hanken School of Economics',
    'hanken.fi',
  ),
  institution('01913', 'Vaasan yliopisto', 'Vasa universitet', 'University of Vaasa', 'uwasa.fi'),
  institution(
    '01914',
    'Lappeenrannan-Lahden teknillinen yliopisto LUT',
    undefined,
    'Lappeenranta-Lahti University of Technology LUT',
    'lut.fi',
  ),
  institution('01918', 'Lapin yliopisto', 'Lapplands universitet', 'University of Lapland', 'ulapland.fi'),
  institution('02358', 'Maanpuolustuskorkeakoulu', 'Försvarshögskolan', 'National Defence University', 'mil.fi'),
  institution('02557', 'Poliisiammattikorkeakoulu', 'Polisyrkeshögskolan', 'Police University College', 'polamk.fi'),
  institution('10076', 'Aalto-yliopisto', 'Aalto-universitetet', 'Aalto University', 'aalto.fi'),
  institution('10088', 'Itä-Suomen yliopisto', 'Östra Finlands universitet', 'University of Eastern Finland', 'uef.fi'),
  institution('10089', 'Turun yliopisto', 'Åbo universitet', 'University of Turku', 'utu.fi'),
  institution('10103', 'Taideyliopisto', 'Konstuniversitetet', 'University of the Arts Helsinki', 'uniarts.fi'),
  institution(
    '02535',
    'Yrkeshögskolan Arcada',
    'Yrkeshögskolan Arcada',
    'Arcada University of Applied Sciences',
    'arcada.fi',
  ),
  institution(
    '10066',
    'Yrkeshögskolan Novia',
    'Yrkeshögskolan Novia',
    'Novia University of Applied Sciences',
    'novia.fi',
  ),
  applied('02467', 'Hämeen ammattikorkeakoulu', 'Häme University of Applied Sciences', 'hamk.fi'),
  applied('02469', 'Karelia-ammattikorkeakoulu', 'Karelia University of Applied Sciences', 'karelia.fi'),
  applied('02471', 'Oulun ammattikorkeakoulu', 'Oulu University of Applied Sciences', 'oamk.fi'),
  applied('02472', 'Seinäjoen ammattikorkeakoulu', 'Seinäjoki University of Applied Sciences', 'seamk.fi'),
  applied('02473', 'Kajaanin ammattikorkeakoulu', 'Kajaani University of Applied Sciences', 'kamk.fi'),
  applied('02504', 'Jyväskylän ammattikorkeakoulu', 'Jamk University of Applied Sciences', 'jamk.fi'),
  applied('02507', 'Satakunnan ammattikorkeakoulu', 'Satakunta University of Applied Sciences', 'samk.fi'),
  applied('02509', 'Turun ammattikorkeakoulu', 'Turku University of Applied Sciences', 'turkuamk.fi'),
  applied('02536', 'Centria-ammattikorkeakoulu', 'Centria University of Applied Sciences', 'centria.fi'),
  applied('02537', 'Savonia-ammattikorkeakoulu', 'Savonia University of Applied Sciences', 'savonia.fi'),
  applied('02623', 'Diakonia-ammattikorkeakoulu', 'Diaconia University of Applied Sciences', 'diak.fi'),
  applied('02627', 'Vaasan ammattikorkeakoulu', 'Vaasa University of Applied Sciences', 'vamk.fi'),
  applied('02629', 'Laurea-ammattikorkeakoulu', 'Laurea University of Applied Sciences', 'laurea.fi'),
  applied('02630', 'Tampereen ammattikorkeakoulu', 'Tampere University of Applied Sciences', 'tamk.fi'),
  applied('02631', 'Humanistinen ammattikorkeakoulu', 'Humak University of Applied Sciences', 'humak.fi'),
  applied('10056', 'Haaga-Helia ammattikorkeakoulu', 'Haaga-Helia University of Applied Sciences', 'haaga-helia.fi'),
  applied('10065', 'Metropolia Ammattikorkeakoulu', 'Metropolia University of Applied Sciences', 'metropolia.fi'),
  applied('10108', 'Lapin ammattikorkeakoulu', 'Lapland University of Applied Sciences', 'lapinamk.fi'),
  applied(
    '10118',
    'Kaakkois-Suomen ammattikorkeakoulu',
    'South-Eastern Finland University of Applied Sciences',
    'xamk.fi',
  ),
  applied('10126', 'LAB-ammattikorkeakoulu', 'LAB University of Applied Sciences', 'lab.fi'),
]

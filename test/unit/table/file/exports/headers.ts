import { csv, type ExportCase } from "./exportCase.ts";

/** Whether the first row is a header. */
export const headers: readonly ExportCase[] = [
  csv("Years as names", "Country Name,Country Code,2019,2020\nAruba,ABW,10,20\nAlbania,ALB,5,6\n", {
    columns: ["Country Name", "Country Code", "2019", "2020"],
    header: true,
  }),
  csv("A number as a name", "POLY,90,area\nA,12,3.5\nB,13,4.5\n", { columns: ["POLY", "90", "area"], header: true }),
  csv("pandas' index and counted columns", ",0,1,2\n0,1.5,2,0.5\n1,4.5,5,0.5\n", { header: true, total: 2 }),
  csv(
    "The header again, with more columns",
    "id,name,city\n1,Ann,Rome\n2,Bob,Oslo\nid,name,city,phone\n3,Cid,Bonn,555\n4,Dee,Kiel,556\n",
    {
      columns: ["id", "name", "city", "Column 4"],
      header: true,
      total: 5,
    },
  ),
  csv("One line of numbers", "1,2,3\n", { header: false, rows: [["1", "2", "3"]] }),
  csv("One line of names", "id,name\n", { header: true, columns: ["id", "name"], total: 0 }),
  csv("Numbers over numbers", "1,2\n3,4\n", { header: false, total: 2 }),
];

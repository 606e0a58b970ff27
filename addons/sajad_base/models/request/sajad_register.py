from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_jalali.tools import jalali

from ...tools.clock import get_country_day


class SajadRegister(models.Model):
    """The last number that a register of a university gave in a Jalali year.

    A plain row instead of `ir.sequence`: whoever draws a number waits for the row
    and a transaction that fails gives its numbers back, so a year has no gaps and
    no doubles. Sequences either leave gaps or make the second one fail.
    """

    _name = "sajad.register"
    _description = "Register of Numbers"
    _order = "university_id, code, year"
    _rec_name = "code"

    university_id = fields.Many2one(
        "sajad.university", required=True, readonly=True, ondelete="restrict"
    )
    code = fields.Char(required=True, readonly=True, help="What is numbered.")
    year = fields.Integer(required=True, readonly=True, help="Jalali year.")
    last_number = fields.Integer(required=True, readonly=True)

    _key_uniq = models.Constraint(
        "unique(university_id, code, year)", "The register has this year already."
    )

    @api.model
    def _draw(self, university, code, count=1, moment=None):
        """Draw numbers that follow each other without a gap (row B3).

        To be called late in a transaction: other draws of the same register wait
        until it ends. A draw that meets a finished one fails to serialize and is
        repeated by Odoo.

        :param moment: the datetime (UTC) whose Jalali year counts, now by default
        :return: (Jalali year, list of `count` numbers)
        :rtype: tuple
        """
        day = get_country_day(moment or fields.Datetime.now())
        year = jalali.from_gregorian(day)[0]
        last = self.env.execute_query(
            SQL(
                """
                INSERT INTO sajad_register
                            (university_id, code, year, last_number)
                     VALUES (%(university)s, %(code)s, %(year)s, %(count)s)
                ON CONFLICT (university_id, code, year) DO UPDATE
                        SET last_number = sajad_register.last_number + %(count)s
                  RETURNING last_number
                """,
                university=university.id,
                code=code,
                year=year,
                count=count,
            )
        )[0][0]
        return year, list(range(last - count + 1, last + 1))

"""What a customer costs, brings and is worth. Churn and interest are per month, and so is the ARPU that they meet."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from scoring.kpi import Better, Kind, Unit, kpi
from scoring.money import Money
from scoring.quotients import HUNDRED, percent

ONE: Final = Decimal(1)
ALLOWED: Final = Decimal("0.1")  # of the customer's value, a starting point


@kpi("Customer acquisition cost", Kind.FINANCIAL, Unit.MONEY, Better.DOWN, over="new_customers")
def cac(total_cost: Money, new_customers: Decimal) -> Money:
    """total_cost / new_customers

    Over all platforms it is the blended CAC. Of one platform it counts the customers that the platform claims.
    """
    return total_cost / new_customers


@kpi("Revenue per active user", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="active_users")
def arpu(revenue: Money, active_users: Decimal) -> Money:
    """revenue / active_users"""
    return revenue / active_users


@kpi("Revenue per active user and month", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="months")
def arpu_month(arpu: Money, months: Decimal) -> Money:
    """arpu / months of the window"""
    return arpu / months


@kpi("Revenue per paying user", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="paying_users")
def arppu(revenue: Money, paying_users: Decimal) -> Money:
    """revenue / paying_users"""
    return revenue / paying_users


@kpi("Churn rate", Kind.LAGGING, Unit.PERCENT, Better.DOWN, over="customers_at_start")
def churn_rate(customers_lost: Decimal, customers_at_start: Decimal) -> Decimal:
    """customers_lost / customers_at_start x 100"""
    return percent(customers_lost, customers_at_start)


@kpi("Retention rate", Kind.LAGGING, Unit.PERCENT, Better.UP)
def retention_rate(churn_rate: Decimal) -> Decimal:
    """100 - churn_rate"""
    return HUNDRED - churn_rate


@kpi("Customer value, simple", Kind.FINANCIAL, Unit.MONEY, Better.UP)
def clv_simple(aov: Money, purchase_frequency: Decimal, lifespan: Decimal) -> Money:
    """aov x purchase_frequency x lifespan"""
    return aov * purchase_frequency * lifespan


@kpi("Customer value, contractual", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="churn")
def clv_contractual(arpu_month: Money, gross_margin: Decimal, churn: Decimal) -> Money:
    """arpu_month x gross_margin / churn"""
    return arpu_month * gross_margin / churn


@kpi("Margin per customer and month", Kind.FINANCIAL, Unit.MONEY, Better.UP)
def customer_margin(arpu_month: Money, gross_margin: Decimal) -> Money:
    """arpu_month x gross_margin"""
    return arpu_month * gross_margin


@kpi("Customer value by retention", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="discount_rate + churn")
def clv_margin(customer_margin: Money, churn: Decimal, discount_rate: Decimal) -> Money:
    """customer_margin x r / (1 + discount_rate - r), with r = 1 - churn

    The first margin comes a month after the customer.
    """
    retained = ONE - churn
    return customer_margin * retained / (ONE + discount_rate - retained)


@kpi("Customer value by retention, paid at once", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="discount_rate + churn")
def clv_margin_at_once(customer_margin: Money, churn: Decimal, discount_rate: Decimal) -> Money:
    """customer_margin x (1 + discount_rate) / (1 + discount_rate - r), with r = 1 - churn

    The first margin comes with the customer.
    """
    return customer_margin * (ONE + discount_rate) / (discount_rate + churn)


@kpi("Customer value over CAC", Kind.FINANCIAL, Unit.RATIO, Better.UP, over="cac")
def ltv_cac(clv_simple: Money, cac: Money) -> Decimal:
    """clv_simple / cac

    About 3 is called healthy.
    """
    return clv_simple / cac


@kpi("Contractual customer value over CAC", Kind.FINANCIAL, Unit.RATIO, Better.UP, over="cac")
def ltv_cac_contractual(clv_contractual: Money, cac: Money) -> Decimal:
    """clv_contractual / cac"""
    return clv_contractual / cac


@kpi("Customer value by retention over CAC", Kind.FINANCIAL, Unit.RATIO, Better.UP, over="cac")
def ltv_cac_margin(clv_margin: Money, cac: Money) -> Decimal:
    """clv_margin / cac"""
    return clv_margin / cac


@kpi("CAC payback", Kind.FINANCIAL, Unit.MONTHS, Better.DOWN, over="customer_margin")
def cac_payback_months(cac: Money, customer_margin: Money) -> Decimal:
    """cac / customer_margin, in months"""
    return cac / customer_margin


@kpi("Value of the customers won", Kind.FINANCIAL, Unit.MONEY, Better.UP, over="churn")
def campaign_lifetime_revenue(new_customers: Decimal, arpu_month: Money, churn: Decimal) -> Money:
    """new_customers x arpu_month / churn"""
    return arpu_month * new_customers / churn


@kpi("Allowable cost per sale", Kind.FINANCIAL, Unit.MONEY, Better.UP)
def allowable_cost(clv_simple: Money) -> Money:
    """clv_simple x 10 %, a starting point"""
    return clv_simple * ALLOWED

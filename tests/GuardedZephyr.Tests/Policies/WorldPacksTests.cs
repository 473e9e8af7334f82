namespace GuardedZephyr.Tests.Policies;

public sealed class WorldPacksTests
{
    [Theory]
    [InlineData("My Aadhaar is [9999-4105-7058].", "IN_AADHAAR")]
    [InlineData("NRIC:[S1234567D], thanks", "SG_NRIC_FIN")]
    [InlineData("fin no [g1234567x]", "SG_NRIC_FIN")]
    [InlineData("Tax file number, then: [123 456 782]", "AU_TFN")]
    [InlineData("[51 824 753 556] is the ABN", "AU_ABN")]
    [InlineData("我的身份证号是[11010519491231002X]。", "CN_RESIDENT_ID")]
    [InlineData("주민등록번호는 [900101-1234568]입니다", "KR_RRN")]
    [InlineData("여권번호입니다: [M12345678]", "KR_PASSPORT")]
    [InlineData("我的护照号码是[E12345678]。", "CN_PASSPORT")]
    [InlineData("マイナンバーは[123456789018]です", "JP_MY_NUMBER")]
    [InlineData("เลขบัตรประชาชน [1101700207030]", "TH_TNIN")]
    [InlineData("आधार [999941057058]", "IN_AADHAAR")]
    [InlineData("số căn cước: [001099012345]", "VN_CCCD")]
    [InlineData("my SIN is [046 454 286]", "CA_SIN")]
    [InlineData("Mi CURP es [HEGG560427MVZRRL04]", "MX_CURP")]
    [InlineData("CPF [529.982.247-25]; outro texto", "BR_CPF")]
    [InlineData("CNPJ [12.ABC.345/01DE-35]", "BR_CNPJ")]
    [InlineData("mi RUT: [12.345.678-5]", "CL_RUT")]
    [InlineData("ID number [8001015009087]", "ZA_ID")]
    [InlineData("BVN [22123456789]", "NG_BVN")]
    [InlineData("TC kimlik numaram [10000000146]", "TR_TCKN")]
    [InlineData("رقم الهوية [1010101010]", "SA_NATIONAL_ID")]
    [InlineData("Emirates ID [784-1980-1234567-8]", "AE_EMIRATES_ID")]
    [InlineData("תעודת זהות: [123456782]", "IL_ID")]
    [InlineData("full width [Ｓ１２３４５６７Ｄ]", "SG_NRIC_FIN")]
    public void Number_is_found_as_people_write_it(string marked, string entity)
    {
        var start = marked.IndexOf('[', StringComparison.Ordinal);
        var end = marked.IndexOf(']', StringComparison.Ordinal);
        var text = marked.Remove(end, 1).Remove(start, 1);

        var surest = ShippedPolicies.Pii.Find(text).Where(finding => finding.Start == start && finding.Length == end - start - 1).MaxBy(finding => finding.Score);

        Assert.Equal(entity, surest.Category);
    }

    [Theory]
    [InlineData("The total is 123 456 782 and 046 454 286.")] // a right TFN and a right SIN, and nothing says so
    [InlineData("sold 1 234 567 890 123 units in 2023 2024 2025")]
    [InlineData("Your order number is 900101145678, tracking A123456789")]
    [InlineData("at 1712150400000 ms, build 20240101123456")]
    [InlineData("id 123e4567-9999-4105-7058-426614174000")]
    [InlineData("the sin of pride, a pan of oil, a tin of 400 g, run 5 km, nit 3")]
    [InlineData("Model ABC-123DE and RTX-3080")]
    [InlineData("ISBN 978-3-16-148410-0, EAN 4006381333931")]
    [InlineData("flight SQ12345678 leaves at gate K1")]
    public void Other_numbers_stay_clean(string text) =>
        Assert.DoesNotContain(ShippedPolicies.Pii.Find(text), finding => finding.Score >= 0.5 && finding.Category.IndexOf('_', StringComparison.Ordinal) == 2);
}
